/*
 * The lab's own stores, and the store that a lesson writes out, as adapters of the contract. They are loaded by its
 * own processes: nothing of the tests here.
 */
import { join } from 'node:path'
import type session from 'express-session'
import Database from 'libsql'
import { MapStore, type Rows } from '../../apps/store-contract/store/map-store.ts'
import type {
  Adapter,
  AnotherConnection,
  CreateAdapter,
  Location,
} from '../../packages/store-contract/src/adapter.ts'
import { openStore } from '../../stores/open.ts'
import { startPostgres } from '../../stores/servers/postgres.ts'
import type { Server } from '../../stores/servers/program.ts'
import { startRedis } from '../../stores/servers/redis.ts'

const name = 'contract'
const notJson = '{"cookie":'

export const mapStore: CreateAdapter = async () => {
  let rows: Rows
  return {
    async open() {
      rows = new Map()
      return { store: new MapStore(rows) }
    },
    async corrupt(sid) {
      rows.set(sid, { data: notJson, expires: Number.POSITIVE_INFINITY })
    },
  }
}

export const memory: CreateAdapter = async ({ folder }) => {
  let store: session.MemoryStore & { sessions: Record<string, string> }
  return {
    async open() {
      const opened = await openStore('memory:', folder, name)
      store = opened.store as typeof store
      return opened
    },
    async corrupt(sid) {
      store.sessions[sid] = notJson
    },
  }
}

export const sqlite: CreateAdapter = async ({ folder }) => ({
  folder,
  open: () => openStore('sqlite:', folder, name),
  async another() {
    const database = new Database(join(folder, `${name}.sqlite`))
    const select = database.prepare('SELECT sess FROM sessions WHERE sid = ?')
    return {
      row: async (sid) => (select.get([sid]) as { sess: string } | undefined)?.sess ?? null,
      async lock() {
        database.exec('BEGIN IMMEDIATE')
        return async () => void database.exec('COMMIT')
      },
      close: async () => void database.close(),
    }
  },
  async corrupt(sid) {
    const database = new Database(join(folder, `${name}.sqlite`))
    database.prepare('UPDATE sessions SET sess = ? WHERE sid = ?').run([notJson, sid])
    database.close()
  },
})

/** What a program beside the store does: it puts text in place of a row, and is another connection. */
interface Beside extends AnotherConnection {
  corrupt(sid: string): Promise<unknown>
}

export const redis: CreateAdapter = (location) =>
  withServer(location, startRedis, async (url): Promise<Beside> => {
    const { createClient } = await import('redis')
    const client = await createClient({ url }).connect()
    const key = (sid: string) => `express-session-lab:${name}:${sid}`
    return {
      corrupt: (sid) => client.set(key(sid), notJson),
      row: (sid) => client.get(key(sid)),
      async lock() {
        await client.sendCommand(['CLIENT', 'PAUSE', '20000', 'WRITE']) // ms
        return async () => void (await client.sendCommand(['CLIENT', 'UNPAUSE']))
      },
      close: async () => client.destroy(),
    }
  })

export const postgres: CreateAdapter = (location) =>
  withServer(location, startPostgres, async (url): Promise<Beside> => {
    const { Client } = await import('pg')
    const client = new Client({ connectionString: url })
    await client.connect()
    const table = `lab_session_${name}`
    return {
      // the column is of type json: it takes no other text, but any JSON
      corrupt: (sid) => client.query(`UPDATE ${table} SET sess = '"no session"' WHERE sid = $1`, [sid]),
      row: async (sid) =>
        (await client.query(`SELECT sess::text FROM ${table} WHERE sid = $1`, [sid])).rows[0]?.sess ?? null,
      async lock() {
        await client.query(`BEGIN; LOCK TABLE ${table} IN EXCLUSIVE MODE`)
        return async () => void (await client.query('COMMIT'))
      },
      close: () => client.end(),
    }
  })

async function withServer(
  { folder, address }: Location,
  start: (folder: string) => Promise<Server>,
  connect: (url: string) => Promise<Beside>,
): Promise<Adapter> {
  const server = address === undefined ? await start(join(folder, 'server')) : undefined
  const url = server?.url ?? address ?? ''
  return {
    address: url,
    open: () => openStore(url, folder, name),
    async corrupt(sid) {
      const beside = await connect(url)
      await beside.corrupt(sid)
      await beside.close()
    },
    another: () => connect(url),
    ...(server && { backend: server, end: server.stop }),
  }
}
