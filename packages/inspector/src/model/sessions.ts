import type { Exchange, SessionCall } from '../exchange.ts'
import { type CookieValue, cookiePairs, looksSigned } from './cookie-value.ts'
import type { Shelf } from './rows.ts'
import type { SetCookie } from './set-cookie.ts'

/** The session that an exchange was in: of several in one app, the one whose middleware acted. */
export interface SessionOf {
  /** The cookie's name; null while it is not known. */
  name: string | null
  /** The number of its store; 0: not known, or all stores of the server have the same rows. */
  store: number
}

/** The rows of a store. */
export const shelfOf = (server: string, store: number): Shelf => (store === 0 ? server : `#${store}`)

export interface SessionsOptions {
  cookieName: string | undefined
  /** Whether all stores of a server have the same rows. */
  hasOneStore(server: string): boolean
  read(raw: string): CookieValue
}

/** The session() calls that an exchange went through, in that order, as far as they were seen. */
export function reachedCalls({ sessions, processes }: Exchange, all: readonly SessionCall[]): SessionCall[] {
  const pid = processes?.at(-1)?.pid
  return sessions.flatMap(
    (number) => all.find((one) => one.number === number && (pid ?? one.pid) === one.pid) ?? [],
  )
}

/** Finds out which session an exchange was in, and learns from each. */
export function createSessions({ cookieName, hasOneStore, read }: SessionsOptions) {
  const byServer = new Map<string, SessionOf>()
  const byStore = new Map<Shelf, string>()
  const servers = new Map<number, string>()
  const storeIn = (server: string, store: number) => (hasOneStore(server) ? 0 : store)

  /** The session() call that acted: the one whose store was called, or else the first that did not step aside. */
  function acting(exchange: Exchange, all: readonly SessionCall[]) {
    const { calls, debug } = exchange
    const reached = reachedCalls(exchange, all)
    const aside = debug.filter(
      (line) => line === 'pathname mismatch' || line === 'store is disconnected',
    ).length
    return reached.find(({ store }) => store === calls[0]?.store) ?? reached[aside] ?? reached.at(-1)
  }

  /** The name that this exchange itself tells: express-session's own word, or the cookie that has the sid of a call. */
  function toldName(exchange: Exchange, setCookies: readonly SetCookie[]): string | undefined {
    const line = exchange.debug.findLast((one) => one.startsWith('set-cookie '))
    if (line) return /^set-cookie ([^=]*)=/.exec(line)?.[1]
    const sids = new Set(exchange.calls.map(({ sid }) => sid))
    const pairs = [...setCookies, ...cookiePairs(exchange.cookie)]
    return pairs.find(({ value }) => looksSigned(value) && sids.has(read(value).sid))?.name
  }

  /** express-session refused a cookie, and there is only one that it can have been. */
  function refusedName({ debug, cookie }: Exchange): string | undefined {
    const signed = cookiePairs(cookie).filter(({ value }) => looksSigned(value))
    return debug.includes('cookie signature invalid') && signed.length === 1 ? signed[0]?.name : undefined
  }

  return {
    storeIn,
    /** The server whose requests called this store; while none has, the first one. */
    serverOf: (store: number): string => servers.get(store) ?? [...byServer.keys()][0] ?? '',
    of(exchange: Exchange, setCookies: readonly SetCookie[], all: readonly SessionCall[]): SessionOf {
      const { server, calls } = exchange
      const known = byServer.get(server)
      const call = acting(exchange, all)
      const store = storeIn(server, calls[0]?.store ?? call?.store ?? known?.store ?? 0)
      const shelf = shelfOf(server, store)
      const name =
        cookieName ??
        toldName(exchange, setCookies) ??
        call?.name ??
        byStore.get(shelf) ??
        known?.name ??
        refusedName(exchange) ??
        null
      const isUsed = exchange.debug.length > 0 || calls.length > 0
      for (const one of calls) servers.set(one.store, server)
      if (isUsed || !known) byServer.set(server, { name, store })
      if (name !== null) byStore.set(shelf, name)
      return { name, store }
    },
    /** The session that a server was last seen to use. */
    last: (server: string): SessionOf => {
      const { name, store } = byServer.get(server) ?? { name: null, store: 0 }
      return { name: cookieName ?? name, store }
    },
  }
}

export type Sessions = ReturnType<typeof createSessions>
