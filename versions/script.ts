import { type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import { Server as TlsServer } from 'node:tls'
import { type Done, type Passed, portsOf, sinceBegin, type Traffic } from './traffic.ts'

/**
 * What a browser sent in a claim, to be sent again to another release. Ids and cookies that came from an earlier response
 * stand in it as `<from place of answer>`, ports as `<port of server>`.
 */
export interface Script {
  steps: readonly Step[]
}

interface Step {
  /** Whose response had begun before, and whose was over: numbers of steps. A redirect is followed as soon as it begins. */
  begun: readonly number[]
  after: readonly number[]
  /** ms from the last of these, or from the begin. */
  pause: number
  request?: { server: number; method: string; url: string; headers: readonly string[]; body: string }
  call?: Pick<Done, 'name' | 'args'>
}

/** What in a response may come back in a request: signed cookie values, ids, ETags. */
const tokens = /s(?:%3A|:)[\w-]+\.[\w%+/-]+|[\da-f]+-[\w+/]{27}(?=")|[\w-]{24,}/g
const tokensIn = (text: string): string[] => text.match(tokens) ?? []

/** The script of what passed. */
export function scriptOf(traffic: Traffic): Script {
  const ports = portsOf(traffic)
  const events = [...traffic.passed, ...traffic.done].sort((one, other) => one.at - other.at)
  const steps = events.map((event, number): Step => {
    const before = [...events.entries()].slice(0, number)
    const [begun, after] = [headOf, endOf].map((timeOf) =>
      before.flatMap(([place, each]) => (timeOf(each) <= event.at ? [place] : [])),
    ) as [number[], number[]]
    const times = [
      ...begun.map((place) => headOf(events[place])),
      ...after.map((place) => endOf(events[place])),
    ]
    const places = new Map<string, string>()
    for (const [place, each] of before) note(places, each, place, event.at)
    const template = (text: string) => templateOf(text, places, ports)
    const when = { begun, after, pause: event.at - Math.max(0, ...times) }
    if ('name' in event) return { ...when, call: { name: event.name, args: event.args } }
    const { port, method, url, headers, body } = event
    const server = ports.get(port) ?? -1
    return {
      ...when,
      request: {
        ...{ server, method, url: template(url), headers: headers.map(template) },
        body: template(body.toString('latin1')),
      },
    }
  })
  return { steps }
}

type Event = Passed | Done | undefined
const never = Number.POSITIVE_INFINITY
const headOf = (event: Event) => (event && 'name' in event ? event.at : (event?.headAt ?? never))
const endOf = (event: Event) => (event && 'name' in event ? event.at : (event?.end ?? never))

/** Where each token stood first, as far as it had left by then: those of the head come before those of the body. */
function note(places: Map<string, string>, event: Event, number: number, by: number) {
  if (!event || 'name' in event) return
  const head = headOf(event) <= by ? tokensIn(event.head) : []
  const body = endOf(event) <= by ? tokensIn(event.answer.toString('latin1')) : []
  for (const [place, token] of [...head, ...body].entries())
    if (!places.has(token)) places.set(token, `<${place} of ${number}>`)
}

function templateOf(
  text: string,
  places: ReadonlyMap<string, string>,
  ports: ReadonlyMap<number, number>,
): string {
  const withPlaces = text.replace(tokens, (token) => places.get(token) ?? token)
  return [...ports].reduce(
    (all, [port, server]) => all.replaceAll(`:${port}`, `:<port ${server}>`),
    withPlaces,
  )
}

/** What of `Demo` a script calls. */
export type Called = Readonly<Record<string, unknown>>

/**
 * Sends a script to the servers of the claim that `traffic` belongs to.
 * @throws when a server is not there, or a response is cut off
 */
export async function replay({ steps }: Script, traffic: Traffic, called: Called): Promise<void> {
  const answers: Answer[] = []
  const ports = [...portsOf(traffic).keys()]
  for (const { begun, after, pause, request, call } of steps) {
    const times = await Promise.all([
      ...begun.map((place) => answers[place]?.head),
      ...after.map((place) => answers[place]?.end),
    ])
    await untilSince(traffic, Math.max(0, ...times.map((time) => time ?? 0)) + pause)
    const filled = (text: string) => fill(text, answers, ports)
    answers.push(
      request ? send(request, filled, ports[request.server], traffic) : callIt(call, called, traffic),
    )
  }
  await Promise.all(answers.map(({ end }) => end))
}

/** A response on its way: when its head and its end were here, and the tokens in what was. */
interface Answer {
  head: Promise<number>
  end: Promise<number>
  tokens: string[]
}

async function untilSince(traffic: Traffic, at: number) {
  const left = at - sinceBegin(traffic)
  if (left > 1) await new Promise((resolve) => setTimeout(resolve, left))
}

const fill = (text: string, answers: readonly Answer[], ports: readonly number[]): string =>
  text
    .replace(
      /<(\d+) of (\d+)>/g,
      (_, place, number) => answers[Number(number)]?.tokens[Number(place)] ?? 'nothing',
    )
    .replace(/<port (\d+)>/g, (_, server) => String(ports[Number(server)]))

function callIt(call: Step['call'], called: Called, traffic: Traffic): Answer {
  const method = called[call?.name ?? ''] as (...given: readonly unknown[]) => unknown
  const end = Promise.resolve(method(...(call?.args ?? []))).then(() => sinceBegin(traffic))
  return { head: end, end, tokens: [] }
}

function send(
  { method, url, headers, body }: NonNullable<Step['request']>,
  filled: (text: string) => string,
  port: number | undefined,
  traffic: Traffic,
): Answer {
  if (port === undefined) throw new Error('the claim itself starts this server')
  const content = Buffer.from(filled(body), 'latin1')
  const lines = headers.flatMap((name, at) => {
    if (at % 2 === 1 || /^connection$/i.test(name)) return []
    return [name, /^content-length$/i.test(name) ? String(content.length) : filled(headers[at + 1] ?? '')]
  })
  const options = { host: '127.0.0.1', port, method, path: filled(url), headers: lines }
  const ask = isOverTls(traffic, port) ? overHttps : overHttp
  const asked = ask({ ...options, agent: false, rejectUnauthorized: false })
  const found: string[] = []
  const head = new Promise<IncomingMessage>((resolve, reject) => {
    asked.once('response', resolve).once('error', reject).end(content)
  })
  const end = head.then(async (res) => {
    found.push(...tokensIn(res.rawHeaders.join('\n')))
    const answer: Buffer[] = []
    for await (const chunk of res) answer.push(chunk)
    found.push(...tokensIn(Buffer.concat(answer).toString('latin1')))
    return sinceBegin(traffic)
  })
  end.catch(() => {}) // awaited at the end of the script
  return { head: head.then(() => sinceBegin(traffic)), end, tokens: found }
}

const isOverTls = ({ servers }: Traffic, port: number) =>
  servers.some(
    (server) => server instanceof TlsServer && (server.address() as AddressInfo | null)?.port === port,
  )
