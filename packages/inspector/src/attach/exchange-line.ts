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
  const pieces: (string | number | null)[] = [`x${exchange.id} ${port}`]
  pieces.push(told(exchange.server), exchange.at, exchange.duration)
  pieces.push(told(client.host), told(client.userAgent), exchange.sentBy, exchange.scheme)
  pieces.push(told(exchange.method), told(exchange.url), told(exchange.cookie), told(exchange.origin))
  pieces.push(told(fetch.site), told(fetch.mode), told(fetch.dest))
  pieces.push(exchange.sessions.join(), exchange.headAt, exchange.end, exchange.status)
  pieces.push(told(exchange.location))
  pieces.push(processes ? JSON.stringify(processes) : none, facts ? JSON.stringify(facts) : none)
  pieces.push(setCookie.length)
  for (const each of setCookie) pieces.push(told(each))
  pieces.push(calls.length)
  for (const call of calls) {
    const { method, sid, store, at, duration, data, error, errorCode = null, facts } = call
    pieces.push(method, told(sid), store, at, duration, told(data), told(error), told(errorCode))
    pieces.push(facts ? factsText(facts) : none)
  }
  for (const each of debug) pieces.push(told(each))
  return pieces.join(between) // null becomes an empty piece
}

/** Mostly there are two numbers. */
function factsText(facts: CallFacts): string {
  for (const name in facts) if (name !== 'answers' && name !== 'size') return JSON.stringify(facts)
  return `${facts.answers},${facts.size}`
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

const readNumber = (piece: string): number | null => (piece === '' ? null : Number(piece))

const readEnd = (piece: string): Exchange['end'] => (piece === 'finished' || piece === 'cut' ? piece : null)
