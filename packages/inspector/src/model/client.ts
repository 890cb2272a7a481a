import type { Exchange } from '../exchange.ts'

/** Host name and User-Agent as one text: what tells one browser from another, seen from outside. */
export type ClientId = `${string}\n${string}`

export const clientId = ({ host, userAgent }: Exchange['client']): ClientId => `${host}\n${userAgent}`

export function readClientId(id: ClientId): Exchange['client'] {
  const at = id.indexOf('\n')
  return { host: id.slice(0, at), userAgent: id.slice(at + 1) }
}

/** One browser, as far as it can be told from outside. */
export interface Client {
  key: ClientId
  /** `A`, `B`, … in the order of appearance. */
  letter: string
  host: string
  /** `Chrome 140` */
  browser: string
  isInspector: boolean
}

const inspector: Client = {
  key: clientId({ host: '', userAgent: '\n' }), // no header holds a line break
  letter: '✎',
  host: '',
  browser: '',
  isInspector: true,
}

/** Tells the clients of a record apart; the inspector itself, whatever it sends, is one of them. */
export function createClients() {
  const clients = new Map<ClientId, Client>()
  let letters = 0
  return {
    all: (): Client[] => [...clients.values()],
    of({ client: { host, userAgent }, sentBy }: Exchange): Client {
      const isInspector = sentBy === 'inspector'
      const key = isInspector ? inspector.key : clientId({ host, userAgent })
      const known = clients.get(key)
      if (known) return known
      const client = isInspector
        ? inspector
        : { key, letter: letterOf(letters++), host, browser: browserOf(userAgent), isInspector }
      clients.set(key, client)
      return client
    },
    forget(needed: ReadonlySet<ClientId>) {
      for (const key of clients.keys()) if (!needed.has(key)) clients.delete(key)
    },
  }
}

const letterOf = (index: number): string =>
  index < 26
    ? String.fromCharCode(65 + index)
    : `${letterOf(Math.floor(index / 26) - 1)}${letterOf(index % 26)}`

/** The browser's usual name and major version, out of its User-Agent. */
export function browserOf(userAgent: string): string {
  for (const [pattern, name] of [
    [/Edg\/(\d+)/, 'Edge'],
    [/OPR\/(\d+)/, 'Opera'],
    [/Firefox\/(\d+)/, 'Firefox'],
    [/(?:Headless)?Chrome\/(\d+)/, 'Chrome'],
    [/Version\/(\d+).*Safari/, 'Safari'],
    [/curl\/(\d+)/, 'curl'],
  ] as const) {
    const found = pattern.exec(userAgent)
    if (found) return `${name} ${found[1]}`
  }
  return userAgent.split(/[\s/]/)[0]?.slice(0, 20) || '?'
}
