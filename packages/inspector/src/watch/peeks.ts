import { readFile } from 'node:fs/promises'
import type { PeekedRow } from '../model/rows.ts'
import type { LookAtRow } from '../side-looks.ts'
import { isMemoryStore } from './session-text.ts'

type Found = { [name: string]: unknown }
type Method = (...args: unknown[]) => unknown

/** A row as it was read; what is neither text nor nothing is not of the store that was taken for one we know. */
export function asRow(data: unknown, expires?: number | null): PeekedRow | undefined | null {
  if (data === undefined || data === null) return undefined
  if (typeof data !== 'string') return null
  return expires === undefined ? { data } : { data, expires }
}
const method = (of: unknown, name: string): Method | undefined => {
  const found: unknown = Object(of)[name]
  return typeof found === 'function' ? (...args) => (found as Method).apply(of, args) : undefined
}
/** What stands there itself; what we put in the place of a store's methods is none. */
const valueIn = (level: object | null, name: string): unknown =>
  Object.getOwnPropertyDescriptor(level ?? {}, name)?.value
/** Whether the code of a class's own `get` says all this: others have classes of the same name. */
const getSays = (level: object, ...all: readonly RegExp[]): boolean => {
  const get = valueIn(level, 'get')
  return typeof get === 'function' && all.every((one) => one.test(String(get)))
}

/** The stores whose rows can be read from the side, each by its class and what it has to have for that. */
const kinds: Readonly<Record<string, (store: Found, level: object) => LookAtRow | undefined>> = {
  MemoryStore(store, level) {
    // express-session's own; memorystore has the same name and keeps a cache in `store`
    if (isMemoryStore(level)) {
      // read anew each time: `clear` puts another object in its place
      return async (sid) => {
        const rows = Object(store['sessions']) as Found
        return Object.hasOwn(rows, sid) ? asRow(rows[sid]) : undefined
      }
    }
    const [peek, has] = [method(store['store'], 'peek'), method(store['store'], 'has')]
    if (!peek || !has || !getSays(level, /\bthis\.store\.get\(sid\)/)) return undefined
    // `peek` would remove a row that has expired, `has` does not
    return async (sid) => (has(sid) ? asRow(peek(sid)) : undefined)
  },
  RedisStore(store, level) {
    const { client, prefix } = store
    const get = method(client, 'get')
    const left = method(client, 'pTTL') ?? method(client, 'pttl')
    const isIt = getSays(level, /\bprefix\s*\+\s*sid\b/, /\bclient\s*\.\s*get\(/)
    if (!get || typeof prefix !== 'string' || !isIt || wantsCallback(client)) return undefined
    return async (sid) => {
      const answers = [get(prefix + sid), left?.(prefix + sid)]
      if (typeof Object(answers[0]).then !== 'function') return null // a client that tells by a callback only
      const [data, ms] = await Promise.all(answers)
      return asRow(data, typeof ms === 'number' ? (ms < 0 ? null : Date.now() + ms) : undefined)
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
          else resolve(row && asRow(row['sess'], Number(row['expire'])))
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
          else resolve(row && asRow(row['sess'], Number(row['expired'])))
        })
      })
  },
  FileStore(store, level) {
    const options = Object(store['options']) as Found
    const { path, fileExtension = '.json', encrypt, secret, ttl } = options
    const isIt = getSays(level, /\.get\(sessionId, this\.options, callback\)/)
    if (typeof path !== 'string' || encrypt || secret || !isIt) return undefined
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

/** Redis 3 and before, and Redis 4 in its mode for those: without a callback, a failure would be the client's `error`. */
const wantsCallback = (client: unknown): boolean => {
  const { send_command, options } = Object(client) as Found
  return typeof send_command === 'function' || Boolean(Object(options).legacyMode)
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
export function lookFor(store: object): LookAtRow | undefined {
  let isAltered = false
  for (let level: object | null = store; level; level = Object.getPrototypeOf(level)) {
    const name = Object(valueIn(level, 'constructor')).name as string | undefined
    const look = name !== undefined && Object.hasOwn(kinds, name) && kinds[name]?.(store as Found, level)
    // what is put over the store's own may keep a row under another name
    if (look) return isAltered ? async (sid) => (await look(sid)) ?? null : look
    isAltered ||= ['get', 'set'].some((each) => typeof valueIn(level, each) === 'function')
  }
  return undefined
}
