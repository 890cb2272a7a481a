/*
 * The lab's own stores, and the store that a lesson writes out, as subjects of the contract. They are loaded by its
 * own processes: nothing of the tests here.
 */
import { join } from 'node:path'
import type session from 'express-session'
import Database from 'libsql'
import { MapStore, type Rows } from '../apps/store-contract/store/map-store.ts'
import type { CreateSubject, Place, Subject } from '../contract/subject.ts'
import { startPostgres } from '../lab/servers/postgres.ts'
import type { Server } from '../lab/servers/program.ts'
import { startRedis } from '../lab/servers/redis.ts'
import { openStore } from '../lab/stores/open.ts'

const name = 'contract'
const notJson = '{"cookie":'

export const mapStore: CreateSubject = async () => {
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

export const memory: CreateSubject = async ({ folder }) => {
  let rows: Record<string, string>
  return {
    async open() {
      const opened = await openStore('memory:', folder, name)
      rows = (opened.store as session.MemoryStore & { sessions: typeof rows }).sessions
      return opened
    },
    async corrupt(sid) {
      rows[sid] = notJson
    },
  }
}

export const sqlite: CreateSubject = async ({ folder }) => ({
  folder,
  open: () => openStore('sqlite:', folder, name),
  async corrupt(sid) {
    const database = new Database(join(folder, `${name}.sqlite`))
    database.prepare('UPDATE sessions SET sess = ? WHERE sid = ?').run([notJson, sid])
    database.close()
  },
})

export const redis: CreateSubject = (place) =>
  withServer(place, startRedis, async (url, sid) => {
    const { createClient } = await import('redis')
    const client = await createClient({ url }).connect()
    await client.set(`express-session-lab:${name}:${sid}`, notJson)
    client.destroy()
  })

export const postgres: CreateSubject = (place) =>
  withServer(place, startPostgres, async (url, sid) => {
    const { Client } = await import('pg')
    const client = new Client({ connectionString: url })
    await client.connect()
    // the column is of type json: it takes no other text, but any JSON
    await client.query(`UPDATE lab_session_${name} SET sess = '"no session"' WHERE sid = $1`, [sid])
    await client.end()
  })

async function withServer(
  { folder, address }: Place,
  start: (folder: string) => Promise<Server>,
  corrupt: (url: string, sid: string) => Promise<void>,
): Promise<Subject> {
  const server = address === undefined ? await start(join(folder, 'server')) : undefined
  const url = server?.url ?? address ?? ''
  return {
    address: url,
    open: () => openStore(url, folder, name),
    corrupt: (sid) => corrupt(url, sid),
    ...(server && { backend: server, end: server.stop }),
  }
}

/* ── stores that the contract has to survive ─────────────────────────────────────────────────────── */

export const endsProcess: CreateSubject = async () => ({
  open: async () => ({ store: Object.assign(new MapStore(), { set: () => process.exit(7) }) }),
})

export const leavesError: CreateSubject = async () => ({
  async open() {
    const store = new MapStore()
    const set = store.set.bind(store)
    return {
      store: Object.assign(store, {
        set(...args: Parameters<typeof set>) {
          set(...args)
          setImmediate(() => {
            throw new Error('out of the blue')
          })
        },
      }),
    }
  },
})

export const cannotBeMade: CreateSubject = async () => {
  throw new Error('no such server')
}

export const doesNotOpen: CreateSubject = async () => ({
  open: async () => {
    throw new Error('no such table')
  },
})
