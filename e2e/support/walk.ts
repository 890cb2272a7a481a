import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { sidOf } from './wire.ts'

/** What a visitor types into every field of text. */
export const typed = '<script>alert("typed")</script>'

/** One page, or one form filled in. */
interface Target {
  method: 'GET' | 'POST'
  url: string
  body: string
}

/** What came of one target, once no redirect was left. */
export interface Answer {
  /** As `POST /login`. */
  target: string
  status: number
  body: string
}

const keptAlive = new Agent({ keepAlive: true })

export type Visitor = ReturnType<typeof newVisitor>

/**
 * A visitor without a browser: a cookie jar that knows names and expiry, and a proxy's word that this is HTTPS.
 * @param cookies that are in the jar
 */
export function newVisitor(cookies: Iterable<[string, string]> = []) {
  const jar = new Map(cookies)

  function keep(line: string) {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    const expires = /; Expires=([^;]*)/i.exec(line)?.[1]
    if (expires && Date.parse(expires) <= Date.now()) jar.delete(pair.slice(0, at))
    else jar.set(pair.slice(0, at), pair.slice(at + 1))
  }

  function send({ method, url, body }: Target): Promise<IncomingMessage> {
    const headers = {
      cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      'user-agent': typed,
      'x-forwarded-proto': 'https', // or a `secure` cookie, and with it the session, would not come about
      ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
    }
    return new Promise((resolve, reject) => {
      httpRequest(url, { method, headers, agent: keptAlive }, resolve).on('error', reject).end(body)
    })
  }

  async function open(target: Target): Promise<Answer & { url: string }> {
    const response = await send(target)
    for (const line of response.headers['set-cookie'] ?? []) keep(line)
    const body = await text(response)
    const { statusCode: status = 0, headers } = response
    if (headers.location === undefined) return { target: nameOf(target), status, body, url: target.url }
    const url = new URL(headers.location, target.url).href
    const next = status === 307 ? { ...target, url } : { method: 'GET' as const, url, body: '' }
    return { ...(await open(next)), target: nameOf(target) }
  }

  return {
    /** Sent with each request until an answer replaces it. */
    plant: (name: string, value: string) => void jar.set(name, value),

    /** Another one, with the same cookies. */
    copy: () => newVisitor(jar),

    /** The session ids in the jar. */
    sids: () => [...jar.values()].filter((value) => value.startsWith('s%3A')).map(sidOf),

    /**
     * Opens each start, and whatever its pages and the pages behind them link to, embed or send: each once.
     * @param isLeftOut by its path
     */
    async walk(starts: readonly string[], isLeftOut: (path: string) => boolean): Promise<Answer[]> {
      const answers: Answer[] = []
      const ahead: Target[] = starts.map((url) => ({ method: 'GET', url, body: '' }))
      const known = new Set(ahead.map(nameOf))
      for (const target of ahead) {
        const { url, ...answer } = await open(target)
        answers.push(answer)
        for (const found of targetsIn(answer.body, url)) {
          const { origin, pathname } = new URL(found.url)
          if (known.has(nameOf(found)) || isLeftOut(pathname) || origin !== new URL(url).origin) continue
          known.add(nameOf(found))
          ahead.push(found)
        }
      }
      return answers
    },
  }
}

const nameOf = ({ method, url }: Target): string => `${method} ${url.replace(/^https?:\/\/[^/]*/, '')}`

/** Where a page leads to. */
function targetsIn(html: string, base: string): Target[] {
  const at = (path: string) => new URL(path.replaceAll('&amp;', '&'), base).href
  const links = [...html.matchAll(/<(?:a|iframe|img)\b[^>]*\s(?:href|src)="([^"]*)"/g)]
  const forms = [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)]
  return [
    ...links.map(([, path = '']): Target => ({ method: 'GET', url: at(path), body: '' })),
    ...forms.flatMap(([, head = '', content = '']) => {
      const method = attribute(head, 'method')?.toUpperCase() === 'POST' ? 'POST' : 'GET'
      const actions = [...content.matchAll(/\sformaction="([^"]*)"/g)].map(([, path = '']) => path)
      const filled = new URLSearchParams(fieldsOf(content)).toString()
      return (actions.length > 0 ? actions : [attribute(head, 'action') ?? '']).map(
        (action): Target =>
          method === 'POST'
            ? { method, url: at(action), body: filled }
            : { method, url: `${at(action)}?${filled}`, body: '' },
      )
    }),
  ]
}

/** The named fields of a form: what a visitor types into the free ones, and what is there already in the others. */
const fieldsOf = (content: string): [string, string][] =>
  [...content.matchAll(/<(input|select)\b([^>]*)>/g)].flatMap(([, tag, head = '']): [string, string][] => {
    const name = attribute(head, 'name')
    if (!name) return []
    const isFree = tag === 'input' && (attribute(head, 'type') ?? 'text') === 'text'
    return [[name, isFree ? typed : (attribute(head, 'value') ?? '')]]
  })

const attribute = (head: string, name: string): string | undefined =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(head)?.[1]
