import type { Exchange } from '#inspector'
import { type Passed, portsOf, type Traffic } from './traffic.ts'

/** What a release did in a claim, as text in which ids, ports and times have no values of their own. */
export interface Transcript {
  shape: string
  /** ms: the times and large numbers of it, in their order; dates as their distance from the request. */
  times: readonly number[]
}

/** As `Demo` of the tests, as far as it is asked for here. */
export interface Looked {
  exchanges(): readonly Exchange[]
  rows(): Promise<readonly { sid: string; data: string }[]>
}

const tolerance = 1_500 // ms: dates in cookies have whole seconds, and no machine is always as quick

/** Whether a release did the same twice, or two releases did. */
export const isSame = (one: Transcript, other: Transcript): boolean =>
  one.shape === other.shape &&
  one.times.length === other.times.length &&
  one.times.every((time, place) => Math.abs(time - (other.times[place] ?? 0)) <= tolerance)

/** Headers that say nothing of the session, or repeat what the body says. */
const ofTransport = /^(?:date|etag|content-length|connection|keep-alive|transfer-encoding|last-modified):/i

/** A file is what it is, and a browser may still have it. */
const isMade = ({ head }: Passed) => !/^last-modified:/im.test(head)

/**
 * Requests, responses, store calls and rows of a claim. Debug lines are left out: only claims without a page look at them,
 * and they are tried on every release.
 */
export async function transcriptOf(traffic: Traffic, looked: Looked | undefined): Promise<Transcript> {
  const times: number[] = []
  const names = new Map<string, string>()
  const lines: string[] = []
  const ports = portsOf(traffic)
  const epoch = Date.now() - (performance.now() - traffic.begin) // of the claim's begin
  const plain = (text: string, from: number) => withoutValues(text, { times, names, ports, epoch: from })
  for (const each of traffic.passed.filter(isMade)) {
    const head = each.head.split('\r\n').filter((line) => line && !ofTransport.test(line))
    const cookie = each.headers.flatMap((name, at) =>
      at % 2 === 0 && /^cookie$/i.test(name) ? `cookie: ${each.headers[at + 1]}` : [],
    )
    const all = [
      `${ports.get(each.port)} ${each.method} ${each.url}`,
      ...cookie,
      ...head,
      textOf(each.answer),
    ]
    lines.push(...all.map((line) => plain(line, epoch + each.at)), each.end === undefined ? 'not over' : '')
  }
  for (const { calls, method, url, at } of looked?.exchanges().filter((each) => each.calls.length > 0) ?? [])
    lines.push(
      `${method} ${plain(url, at)}`,
      ...calls.map((call) => plain(`${call.method} ${call.sid} ${call.data} ${call.error}`, at)),
    )
  const rows = await looked?.rows()
  const last = epoch + (traffic.passed.at(-1)?.at ?? 0)
  lines.push(...(rows ?? []).map(({ sid, data }) => plain(`row ${sid} ${data}`, last)).sort())
  return { shape: lines.join('\n'), times }
}

const textOf = (body: Buffer) => (body.includes(0) ? body.toString('base64') : body.toString('utf8'))

/** What is another one each time. */
const values = new RegExp(
  [
    /(?<=s(?:%3A|:)[^\s;.]*\.)(?<signature>[\w%+/-]{40,})/,
    /(?:(?<=%3A)|(?<![\w-]))(?<id>[\w-]{32}|[A-Za-z\d]{24}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?![\w-])/,
    /(?<=:)(?<port>\d{4,5})(?=\D|$)/,
    /(?<date>\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT|\d{4}-\d\d-\d\dT[\d:.]+Z)/,
    /(?<![\w.-])(?<seconds>\d+(?:\.\d+)?)(?=s\b)/,
    /(?<![\w.-])(?:\d+\.\d+|\d{4,})(?![\w-])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)

interface Context {
  times: number[]
  names: Map<string, string>
  ports: ReadonlyMap<number, number>
  epoch: number
}

function withoutValues(text: string, { times, names, ports, epoch }: Context): string {
  const alias = (value: string) => {
    const known = names.get(value) ?? `<${names.size + 1}>`
    names.set(value, known)
    return known
  }
  return text.replace(values, (all: string, ...rest: unknown[]) => {
    const { signature, id, port, date, seconds } = rest.at(-1) as Record<string, string | undefined>
    if (signature) return alias(decodeURIComponent(signature))
    if (id) return alias(id)
    if (port && ports.has(Number(port))) return `<port ${ports.get(Number(port))}>`
    if (date && Date.parse(date) === 0) return 'the begin of time' // with which a cookie is taken back
    if (date) times.push(Date.parse(date) - epoch)
    else if (/^\d{13}$/.test(all)) times.push(Number(all) - epoch)
    else times.push(seconds || all.includes('.') ? Number(all) * 1000 : Number(all))
    return date ? '<date>' : '<number>'
  })
}
