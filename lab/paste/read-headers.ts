import type { Exchange } from '#inspector'

const mostLines = 200

/**
 * Reads the headers of a response as DevTools, `curl -i` or `curl -v` show them, as an exchange with that response.
 * @param address what the browser's address bar shows
 * @returns undefined where no line is a header
 */
export function readHeaders(text: string, address: URL): Exchange | undefined {
  const headers = text
    .split('\n')
    .slice(0, mostLines)
    .flatMap((line) => {
      const [, name, value] = /^\s*<?\s*([!#$%&'*+.^`|~\w-]+):\s*(.*?)\s*$/.exec(line) ?? []
      return name === undefined || value === undefined ? [] : [{ name: name.toLowerCase(), value }]
    })
  if (headers.length === 0) return undefined
  const header = (wanted: string) => headers.find(({ name }) => name === wanted)?.value
  const status = Number(/^\s*<?\s*HTTP\/[\d.]+ (\d{3})/m.exec(text)?.[1] ?? 200)
  const isEncrypted = address.protocol === 'https:'
  return {
    ...{ id: 1, server: 'app', at: Date.now(), duration: 1, headAt: 1, end: 'finished', status },
    ...{ client: { host: address.hostname, userAgent: '' }, sentBy: 'browser', origin: null, cookie: null },
    ...{ method: 'GET', url: address.pathname, scheme: isEncrypted ? 'https' : 'http' },
    fetch: { site: null, mode: null, dest: null },
    setCookie: headers.filter(({ name }) => name === 'set-cookie').map(({ value }) => value),
    location: header('location') ?? null,
    ...{ sessions: [], calls: [], debug: [] },
    facts: {
      ...{ host: address.host, isEncrypted },
      ...named('caching', header('cache-control')),
      ...named('allowsOrigin', header('access-control-allow-origin')),
      ...named('allowsCredentials', header('access-control-allow-credentials')),
      ...named('type', header('content-type')),
    },
  }
}

const named = (key: string, value: string | undefined) => (value === undefined ? {} : { [key]: value })
