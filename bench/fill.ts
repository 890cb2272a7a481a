import Database from 'libsql'
import { openStore } from '../stores/open.ts'

const batch = 5_000

const dataOf = (n: number, expires: number) =>
  JSON.stringify({
    cookie: {
      originalMaxAge: 3_600_000,
      expires: new Date(expires).toISOString(),
      httpOnly: true,
      path: '/',
    },
    count: n,
  })

/**
 * Puts `size` sessions `s0`, `s1`, … under the store that is opened by this url and name, past the store itself:
 * a million calls would take minutes. Not for `memory:`, whose rows begin with the store.
 * @param expires when they end, in ms since the epoch
 */
export async function fill(url: string, file: string, name: string, size: number, expires: number) {
  if (url.startsWith('sqlite:')) fillSqlite(file, size, expires)
  else if (url.startsWith('redis:')) await fillRedis(url, name, size, expires)
  else if (url.startsWith('postgres:')) await fillPostgres(url, name, size, expires)
}

function fillSqlite(file: string, size: number, expires: number) {
  const database = new Database(file)
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS sessions (sid PRIMARY KEY, expired, sess);
    BEGIN;
  `)
  const insert = database.prepare('INSERT INTO sessions VALUES (?, ?, ?)')
  for (let n = 0; n < size; n++) insert.run([`s${n}`, expires + n, dataOf(n, expires)])
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}

async function fillRedis(url: string, name: string, size: number, expires: number) {
  const { createClient } = await import('redis')
  const client = await createClient({ url }).connect()
  for (let from = 0; from < size; from += batch) {
    const numbers = Array.from({ length: Math.min(batch, size - from) }, (_, i) => from + i)
    await Promise.all(
      numbers.map((n) =>
        client.set(`express-session-lab:${name}:s${n}`, dataOf(n, expires), {
          expiration: { type: 'PXAT', value: expires },
        }),
      ),
    )
  }
  client.destroy()
}

async function fillPostgres(url: string, name: string, size: number, expires: number) {
  const opened = await openStore(url, '', name)
  await opened.rows(1) // makes the table
  await opened.close()
  const { Client } = await import('pg')
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(
    `INSERT INTO lab_session_${name}
     SELECT 's' || n, $1::json, to_timestamp($2) FROM generate_series(0, $3 - 1) AS n`,
    [dataOf(0, expires), expires / 1000, size],
  )
  await client.query(`ANALYZE lab_session_${name}`)
  await client.end()
}
