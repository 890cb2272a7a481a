import connectPgSimple from 'connect-pg-simple'
import session from 'express-session'
import { DatabaseError, Pool, type QueryResult } from 'pg'
import { tellAway } from './away.ts'
import type { OpenStore, Row } from './store.ts'
import { touchWithCookie } from './touch.ts'

const PGStore = connectPgSimple(session)

const patience = 1_400 // ms for a connection and for a statement: the request has to be answered within 2 s

/**
 * connect-pg-simple over a pool of `pg`, in a table of its own for each app. The table is made when it is first
 * needed, and again when it is gone: the `createTableIfMissing` of connect-pg-simple does not try again after a
 * failure, and gives two tables in one schema the same names for their keys.
 */
export async function openPostgres(url: string, name: string): Promise<OpenStore> {
  const tableName = `lab_session_${name}`
  const table = `"${tableName.replaceAll('"', '""')}"`
  const pool = new Pool({
    connectionString: url,
    connectionTimeoutMillis: patience,
    query_timeout: patience,
    allowExitOnIdle: true,
  })
  const away = tellAway('PostgreSQL', url)
  pool.on('error', away.failed) // an idle connection that is lost would end the process without a listener

  let made: Promise<unknown> | undefined
  const make = () =>
    pool.query(`
      SELECT pg_advisory_xact_lock(hashtext('express-session-lab')); -- CREATE IF NOT EXISTS is not safe against itself
      CREATE TABLE IF NOT EXISTS ${table} (
        sid varchar PRIMARY KEY, sess json NOT NULL, expire timestamp(6) NOT NULL
      );
      CREATE INDEX IF NOT EXISTS "${tableName}_expire" ON ${table} (expire);
    `)

  async function query(text: string, params: unknown[] = []): Promise<QueryResult> {
    try {
      made ??= make()
      await made
      const result = await pool.query(text, params)
      away.back()
      return result
    } catch (error) {
      made = undefined // perhaps the table is gone: what makes it does nothing when it is there
      if (!(error instanceof DatabaseError)) away.failed(error)
      throw error
    }
  }

  const store = new PGStore({ pool: { query } as unknown as Pool, tableName })
  const columns = 'sid, sess::text AS data, extract(epoch FROM expire::timestamptz)::float8 * 1000 AS expires'
  const look = async (rest: string, params: unknown[]): Promise<Row[]> =>
    (await query(`SELECT ${columns} FROM ${table} ${rest}`, params)).rows as Row[]
  const peek = async (sid: string) => (await look('WHERE sid = $1', [sid]))[0]

  const touch = `
    UPDATE ${table} SET expire = to_timestamp($2), sess = CASE WHEN sess::text = $3 THEN $4::json ELSE sess END
    WHERE sid = $1
  `
  store.touch = touchWithCookie(
    async (sid) => (await peek(sid))?.data,
    (sid, { was, becomes, expires }) => query(touch, [sid, expires / 1000, was, becomes]),
  )

  return {
    store,
    peek,
    rows: (limit) => look('ORDER BY expire DESC LIMIT $1', [limit]), // there is no order of writing
    async clear() {
      await query(`DELETE FROM ${table}`)
    },
    async close() {
      away.end()
      await store.close()
      await pool.end()
    },
  }
}
