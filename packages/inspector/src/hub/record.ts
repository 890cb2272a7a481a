import { readExchange } from '../attach/exchange-line.ts'
import type { FromProcess, ToProcess } from '../attach/messages.ts'
import type { Exchange, Passed, SessionCall, StoreCall } from '../exchange.ts'
import type { PeekedRow } from '../model/rows.ts'
import type { Recording } from '../recorder.ts'

/** A process that is watched, as far as it has told. */
export interface Watched {
  pid: number
  /** When it began, in ms since the epoch. */
  at: number
  command: string
  loadedBefore: readonly string[]
  isRunning: boolean
}

/** A record that other processes fill. */
export interface RemoteRecord extends Recording {
  /** Takes part for a process: gives what takes its lines, and what is to be done when it is gone. */
  join(send: (message: ToProcess) => void): { take(line: string): FromProcess | undefined; leave(): void }
  /** All processes that have said hello, in that order. */
  processes(): readonly Watched[]
  /** Looks at a row in the process that has the store; null where nobody can. Rejects where the store does not answer. */
  peek(store: number, sid: string): Promise<PeekedRow | undefined | null>
}

const patience = 2_000 // ms for a look at a row
const slack = 50
const mostPassed = 200 // that are kept apart: of those before, the two oldest become one

/** None is forgotten: what is before the oldest exchange is counted, too. */
function fewer(passed: Passed[]): Passed[] {
  const [first, second, ...rest] = passed
  if (!first || !second || passed.length <= mostPassed) return passed
  const to = Math.max(first.to, second.to)
  return [{ ...second, count: first.count + second.count, from: first.from, to }, ...rest]
}

/**
 * A record of what processes tell of themselves. Exchanges, stores and session() calls get numbers of its own: those
 * of several processes meet here.
 * @param onChange is called whenever something new is known
 */
export function createRemoteRecord(onChange: () => void, limit = 500): RemoteRecord {
  let exchanges: Exchange[] = []
  let outside: StoreCall[] = []
  let sessions: SessionCall[] = []
  let passed: Passed[] = []
  let count = 0
  let passedCount = 0
  let revision = 0
  let storeCount = 0
  let lastQuestion = 0
  const processes: Watched[] = []
  const readers: (() => void)[] = []
  const readAll = () => {
    for (const read of [...readers]) read()
  }
  const stores = new Map<number, { ask(id: number, sid: string): void }>()
  const questions = new Map<
    number,
    { resolve(row: PeekedRow | undefined | null): void; reject(error: Error): void }
  >()
  const expected = new Map<number, Exchange | undefined>()

  function changed() {
    revision++
    onChange()
  }

  /** Nobody will see more than `limit` of anything. */
  function dropOldest(map: Map<unknown, unknown>) {
    const [oldest] = map.keys()
    if (map.size > limit) map.delete(oldest)
  }

  /** One process: what its numbers are called here. */
  function openProcess(send: (message: ToProcess) => void) {
    const known = new Map<number, Exchange>()
    const calls = new Map<number, StoreCall>()
    const numbers = new Map<number, number>()
    const unread = new Map<number, string>()
    let passing: { here: Passed; there: Passed } | undefined
    const slot = processes.length + 1
    let self: Watched | undefined

    function storeOf(number: number): number {
      if (number === 0) return 0
      let here = numbers.get(number)
      if (here === undefined) {
        here = ++storeCount
        numbers.set(number, here)
        stores.set(here, { ask: (id, sid) => send({ kind: 'peek', id, store: number, sid }) })
      }
      return here
    }
    const callHere = (call: StoreCall): StoreCall => ({ ...call, store: storeOf(call.store) })

    /** After its end something may still be told of an exchange: the newest ones, and those under way, stay known. */
    function forgetOver() {
      if (known.size <= limit) return
      for (const [id, { duration }] of known) if (duration !== null) return void known.delete(id)
      dropOldest(known)
    }

    function takeExchange(told: Exchange, port: number) {
      let exchange = known.get(told.id)
      if (!exchange) {
        const sentBy = expected.has(port) ? 'inspector' : 'browser'
        exchange = { ...told, id: ++count, sentBy }
        if (sentBy === 'inspector') expected.set(port, exchange)
        known.set(told.id, exchange)
        forgetOver()
        exchanges.push(exchange)
        if (exchanges.length > limit + slack) exchanges = exchanges.slice(-limit)
      }
      const { id, sentBy } = exchange
      const serving = processes.length > 1 && { processes: [{ slot, pid: self?.pid ?? 0 }] }
      // what is held elsewhere is altered in its place
      const callsHere = told.calls.map((call, index) =>
        Object.assign(exchange.calls[index] ?? {}, callHere(call)),
      )
      Object.assign(exchange, told, { id, sentBy, calls: callsHere }, serving)
    }

    function takeOutside(id: number, told: StoreCall) {
      const call = calls.get(id)
      if (call) Object.assign(call, callHere(told))
      else {
        const fresh = callHere(told)
        calls.set(id, fresh)
        outside = [...outside.slice(1 - limit), fresh]
      }
      if (told.duration !== null) calls.delete(id)
    }

    /** A process tells of the same ones again as they become more; what was cleared meanwhile is not counted again. */
    function takePassed(told: Passed) {
      const before = passing?.there.number === told.number ? passing : undefined
      const count = told.count - (before?.there.count ?? 0)
      if (before && passed.includes(before.here)) {
        before.here.count += count
        before.here.to = told.to
        before.there = told
        return
      }
      const here = { number: ++passedCount, count, from: before?.there.to ?? told.from, to: told.to }
      passing = { here, there: told }
      passed = fewer([...passed, here])
    }

    /** Reads what has been told of exchanges since somebody last looked. */
    function read() {
      const lines = [...unread]
      unread.clear()
      for (const [id, line] of lines) {
        const { exchange, port } = readExchange(id, line)
        takeExchange(exchange, port)
      }
    }

    /** Keeps the newest of an exchange in its place. */
    function keepUnread(line: string) {
      const end = line.indexOf(' ')
      unread.set(Number(line.slice(1, end)), line.slice(end + 1))
      dropOldest(unread)
    }

    readers.push(read)
    return {
      take(line: string) {
        if (line.startsWith('x')) {
          keepUnread(line)
          changed()
          return undefined
        }
        const message = JSON.parse(line) as FromProcess
        if (message.kind === 'hello') {
          const { pid, at, command, loadedBefore } = message
          self = { pid, at, command, loadedBefore, isRunning: true }
          processes.push(self)
        }
        if (message.kind === 'passed') takePassed(message.passed)
        if (message.kind === 'outside') takeOutside(message.id, message.call)
        if (message.kind === 'session') {
          const call = { ...message.call, store: storeOf(message.call.store) }
          const others = sessions.filter(({ pid, number }) => pid !== call.pid || number !== call.number)
          sessions = [...others.slice(1 - limit), call]
        }
        if (message.kind === 'row') {
          const question = questions.get(message.id)
          questions.delete(message.id)
          if (message.state === 'failed') question?.reject(new Error('the store did not answer'))
          else question?.resolve(message.state === 'blind' ? null : message.row)
          return message
        }
        changed()
        return message
      },
      leave() {
        read()
        readers.splice(readers.indexOf(read), 1)
        if (self) self.isRunning = false
        for (const number of numbers.values()) stores.delete(number)
        for (const exchange of known.values()) {
          exchange.end ??= 'cut'
          exchange.duration ??= Date.now() - exchange.at
        }
        changed()
      },
    }
  }

  return {
    join: openProcess,
    processes: () => processes,
    exchanges() {
      readAll()
      return exchanges.slice(-limit)
    },
    outside: () => outside,
    sessions: () => sessions,
    isLate: () => processes.some(({ loadedBefore }) => loadedBefore.length > 0),
    passed: () => passed,
    revision: () => revision,
    limit,
    expectFrom(port) {
      expected.set(port, undefined)
      return () => {
        readAll()
        const exchange = expected.get(port)
        expected.delete(port)
        return exchange
      }
    },
    clear() {
      readAll()
      exchanges = []
      outside = []
      passed = []
      changed()
    },
    peek: (store, sid) =>
      new Promise((resolve, reject) => {
        const found = stores.get(store)
        if (!found) return resolve(null) // its process is gone
        const id = ++lastQuestion
        questions.set(id, { resolve, reject })
        setTimeout(() => {
          if (questions.delete(id)) reject(new Error('no answer'))
        }, patience).unref()
        found.ask(id, sid)
      }),
  }
}
