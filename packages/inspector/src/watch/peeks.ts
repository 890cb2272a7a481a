import { readFile } from 'node:fs/promises'
import type { PeekedRow } from '../model/rows.ts'

/** Reads one row without touching, extending or deleting it. */
export type Look = (sid: string) => Promise<PeekedRow | undefined>

type Found = { [name: string]: unknown }
type Method = (...args: unknown[]) => unknown

const asRow = (data: unknown): PeekedRow | undefined => (typeof data === 'string' ? { data } : undefined)
const method = (of: unknown, name: string): Method | undefined => {
  const found: unknown = Object(of)[name]
  return typeof found === 'function' ? (...args) => (found as Method).apply(of, args) : undefined
}

/** The stores whose rows can be read from the side, each by its class and what it has to have for that. */
const kinds: Readonly<Record<string, (store: Found) => Look | undefined>> = {
  MemoryStore(store) {
    // express-session's own; memorystore has the same name and keeps a cache in `store`
    const [peek, has] = [method(store['store'], 'peek'), method(store['store'], 'has')]
    // `peek` would remove a row that has expired, `has` does not
    if (peek && has) return async (sid) => (has(sid) ? asRow(peek(sid)) : undefined)
    if (typeof store['sessions'] !== 'object') return undefined
    // read anew each time: `clear` puts another object in its place
    return async (sid) => {
      const rows = Object(store['sessions']) as Found
      return asRow(Object.hasOwn(rows, sid) ? rows[sid] : undefined)
    }
  },
  RedisStore(store) {
    const { client, prefix } = store
    const get = method(client, 'get')
    const left = method(client, 'pTTL') ?? method(client, 'pttl')
    if (!get || typeof prefix !== 'string') return undefined
    return async (sid) => {
      const [data, ms] = await Promise.all([get(prefix + sid), left?.(prefix + sid)])
      if (typeof data !== 'string') return undefined
      if (typeof ms !== 'number') return { data }
      return { data, expires: ms < 0 ? null : Date.now() + ms }
    }
  },
  PGStore(store) {
    const query = method(store, 'query')
    const table = method(store, 'quotedTable')
    if (!query || !table) return undefined
    const columns = 'sess::text AS sess, extract(epoch FROM expire::timestamptz) * 1000 AS expire'
    return (sid) =>
      new Promise((resolve, reject) => {
        const take = (error: unknown, row?: Found) => {
          if (error) reject(error)
          else resolve(row && { data: String(row['sess']), expires: Number(row['expire']) })
        }
        query(`SELECT ${columns} FROM ${table()} WHERE sid = $1`, [sid], take, true) // makes no table
      })
  },
  SQLiteStore(store) {
    const { db, table } = store
    const get = method(db, 'get')
    if (!get || typeof table !== 'string' || !/^\w+$/.test(table)) return undefined
    return (sid) =>
      new Promise((resolve, reject) => {
        get(`SELECT sess, expired FROM ${table} WHERE sid = ?`, [sid], (error: unknown, row?: Found) => {
          if (error) reject(error)
          else resolve(row && { data: String(row['sess']), expires: Number(row['expired']) })
        })
      })
  },
  FileStore(store) {
    const options = Object(store['options']) as Found
    const { path, fileExtension = '.json', encrypt, secret, ttl } = options
    if (typeof path !== 'string' || encrypt || secret) return undefined
    return async (sid) => {
      if (!/^[\w-]+$/.test(sid)) throw new Error('not a sid that is a file name')
      try {
        const data = await readFile(`${path}/${sid}${fileExtension}`, 'utf8')
        const end = endOfFile(data, ttl)
        return end === undefined ? { data } : { data, expires: end }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    }
  },
}

/** When session-file-store counts a row as expired: that is told by when it was last written, not by its cookie. */
function endOfFile(data: string, ttl: unknown): number | undefined {
  try {
    const { __lastAccess: last, cookie } = JSON.parse(data) as Found
    const lasts = Object(cookie).originalMaxAge || Number(ttl) * 1000
    return Number(last) + Number(lasts) || undefined
  } catch {
    return undefined // being written, or no session
  }
}

/** How to look at the rows of a store from the side; undefined where nothing is known to be safe. */
export function lookFor(store: object): Look | undefined {
  for (let at: object | null = store; at; at = Object.getPrototypeOf(at)) {
    const name = Object.hasOwn(at, 'constructor') ? (at.constructor as { name?: string }).name : undefined
    const look = name === undefined ? undefined : kinds[name]?.(store as Found)
    if (look) return look
  }
  return undefined
}
