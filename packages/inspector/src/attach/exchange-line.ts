import type { CallFacts, Exchange, ExchangeFacts, StoreCall } from '../exchange.ts'
import type { Told } from '../recorder.ts'

/*
 * The line of an exchange is made with every request, and mostly nobody will read it. Its texts stand in it as they are,
 * one after the other: as JSON, with all the quoting, it would take three times as long.
 */
const between = '\x1f'
const none = '\x01'
const quoted = '\x02'
const control = /[^ -\uffff]/

/** The line with all that is known of an exchange by now: one that begins with `x<id> ` replaces those before. */
export function exchangeLine({ exchange, port }: Told): string {
  const { client, fetch, setCookie, calls, debug, processes, facts } = exchange
  let line = `x${exchange.id} ${port}`
  line += between + told(exchange.server) + between + exchange.at + between + exchange.duration
  line += between + told(client.host) + between + told(client.userAgent) + between + exchange.sentBy
  line += between + exchange.scheme + between + told(exchange.method) + between + told(exchange.url)
  line += between + told(exchange.cookie) + between + told(exchange.origin)
  line += between + told(fetch.site) + between + told(fetch.mode) + between + told(fetch.dest)
  line += between + exchange.sessions.join() + between + exchange.headAt + between + exchange.end
  line += between + exchange.status + between + told(exchange.location)
  line += between + (processes ? JSON.stringify(processes) : none)
  line += between + (facts ? JSON.stringify(facts) : none)
  line += between + setCookie.length
  for (const each of setCookie) line += between + told(each)
  line += between + calls.length
  for (const call of calls) line += between + callText(call)
  for (const each of debug) line += between + told(each)
  return line
}

const callText = (call: StoreCall): string =>
  call.method +
  between +
  told(call.sid) +
  between +
  call.store +
  between +
  call.at +
  between +
  call.duration +
  between +
  told(call.data) +
  between +
  told(call.error) +
  between +
  told(call.errorCode ?? null) +
  between +
  (call.facts ? factsText(call.facts) : none)

/** Mostly there are two numbers. */
function factsText(facts: CallFacts): string {
  const { answers, size, ...more } = facts
  for (const _ in more) return JSON.stringify(facts)
  return `${answers},${size}`
}

/** A text that stands between two separators. */
const told = (text: string | null): string =>
  text === null ? none : control.test(text) ? quoted + JSON.stringify(text) : text

/** Reads what follows `x<id> ` in a line. */
export function readExchange(id: number, rest: string): Told {
  const pieces = rest.split(between)
  let place = 0
  const piece = () => pieces[place++] ?? ''
  const textOrNull = () => readText(piece())
  const text = () => textOrNull() ?? ''
  const numberOrNull = () => readNumber(piece())
  const number = () => Number(piece())
  const one = <T extends string>() => piece() as T
  const times = <T>(count: number, read: () => T): T[] => Array.from({ length: count }, read)

  /** Whatever a call has, it has to be told: this does not compile otherwise. */
  function call(): StoreCall {
    const { errorCode, facts, ...read } = {
      method: one<StoreCall['method']>(),
      sid: text(),
      store: number(),
      at: number(),
      duration: numberOrNull(),
      data: textOrNull(),
      error: textOrNull(),
      errorCode: textOrNull(),
      facts: readFacts(textOrNull()),
    } satisfies Record<keyof StoreCall, unknown>
    return { ...read, ...(errorCode !== null && { errorCode }), ...(facts && { facts }) }
  }

  const port = number()
  const { processes, facts, ...exchange } = {
    id,
    server: text(),
    at: number(),
    duration: numberOrNull(),
    client: { host: text(), userAgent: text() },
    sentBy: one<Exchange['sentBy']>(),
    scheme: one<Exchange['scheme']>(),
    method: text(),
    url: text(),
    cookie: textOrNull(),
    origin: textOrNull(),
    fetch: { site: textOrNull(), mode: textOrNull(), dest: textOrNull() },
    sessions: piece().split(',').filter(Boolean).map(Number),
    headAt: numberOrNull(),
    end: readEnd(piece()),
    status: numberOrNull(),
    location: textOrNull(),
    processes: textOrNull(),
    facts: textOrNull(),
    setCookie: times(number(), text),
    calls: times(number(), call),
    debug: times(pieces.length - place, text),
  } satisfies Record<keyof Exchange, unknown>
  return {
    port,
    exchange: {
      ...exchange,
      ...(processes !== null && { processes: JSON.parse(processes) as NonNullable<Exchange['processes']> }),
      ...(facts !== null && { facts: JSON.parse(facts) as ExchangeFacts }),
    },
  }
}

const readText = (piece: string): string | null => {
  if (piece === none) return null
  return piece.startsWith(quoted) ? (JSON.parse(piece.slice(1)) as string) : piece
}

function readFacts(text: string | null): CallFacts | undefined {
  if (text === null) return undefined
  if (text.startsWith('{')) return JSON.parse(text) as CallFacts
  const [answers = 0, size = 0] = text.split(',').map(Number)
  return { answers, size }
}

const readNumber = (piece: string): number | null => (piece === 'null' ? null : Number(piece))

const readEnd = (piece: string): Exchange['end'] => (piece === 'finished' || piece === 'cut' ? piece : null)
