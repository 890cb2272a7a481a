import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import express from 'express'
import type { Handler } from '../inspector/recorder.ts'
import { root } from '../places.ts'
import type { Row } from '../stores/store.ts'
import { handOver } from './hand-over.ts'
import type { Question, ReplicaOptions } from './messages.ts'
import { type Replica, type ReplicaState, startReplica } from './process.ts'

export interface ReplicasOptions extends Pick<ReplicaOptions, 'file' | 'name' | 'storeUrl' | 'folder'> {
  /** How many processes there are. */
  count: number
  /** Each visitor always gets the same process, as long as it is there; else they take turns. */
  isSticky: boolean
  /** Whether the processes tell what happens in them. */
  isRecorded: boolean
  /** What a process that starts now gets. */
  secrets(): string[]
  delay(): number
}

/** One process as the lab page lists it. */
export interface ReplicaSight {
  place: number
  pid: number
  state: ReplicaState
  answered: number
}

/** An app that runs in processes of its own, behind one address. */
export interface Replicas {
  handler: Handler
  isSticky: boolean
  /** Those that run, by place, each behind those that it has replaced and that have not been forgotten. */
  list(): ReplicaSight[]
  isRolling(): boolean
  /** How many requests have been given to another process, because the first one had ended. */
  handedOn(): number
  ask(question: Question): Promise<Row[]>
  setDelay(ms: number): void
  /** Ends the process at this place at once; it is replaced. Says whether there is such a place. */
  kill(place: number): boolean
  /**
   * Replaces one process after the other, each when the next one is ready; one such round after the other, as often
   * as `begin` is given. Requests go on being answered. While it goes on, it is not begun again.
   * @param begin is called before each round: what a process that starts then gets may be altered there
   * @throws Error when a process does not start; those that run then stay
   */
  restart(begin?: readonly (() => void)[]): Promise<void>
  /** Ends all; the next request starts them anew. */
  rest(): Promise<void>
  close(): Promise<void>
}

const mostGhosts = 2 // of each place, in the list
const shortWhile = 300 // ms
const tooLate = Symbol('too late')

/**
 * Processes that run the same app and take turns in answering. They are started with the first request; one that ends
 * is replaced, as a process manager does.
 */
export function openReplicas(options: ReplicasOptions): Replicas {
  const { count } = options
  const places: (Replica | undefined)[] = new Array(count).fill(undefined)
  const known: Replica[] = [] // those that run, and the last ones that have ended
  // a name that no visitor can guess: their own headers reach the app as they are
  const tag = options.isRecorded ? `x-lab-${randomBytes(8).toString('hex')}` : null
  // as a proxy in front does; if they took turns too, a page and its style would bind each to one process
  const files = express.static(join(root, 'public')) as unknown as Handler
  let [turn, handedOn, ends, isClosed] = [0, 0, 0, false]
  let begun: Promise<unknown> = Promise.resolve()
  let rolling: Promise<void> | undefined

  const living = () => known.filter((replica) => replica.state() !== 'ended')

  function begin(place: number): Replica {
    const { file, name, storeUrl, folder, secrets, delay } = options
    const run = { file, name, storeUrl, folder, secrets: secrets(), delay: delay(), tag }
    const replica = startReplica(place, run)
    known.push(replica)
    const ghosts = known.filter((other) => other.place === place && other.state() === 'ended')
    for (const ghost of ghosts.slice(0, -mostGhosts)) known.splice(known.indexOf(ghost), 1)
    return replica
  }

  function start(place: number): Replica {
    const replica = begin(place)
    settle(replica)
    return replica
  }

  /** Gives a process its place among those that answer, and to another one when it ends. */
  function settle(replica: Replica) {
    const index = replica.place - 1
    places[index] = replica
    replica.ended.then(() => {
      if (places[index] !== replica) return
      places[index] = undefined
      // one that never came to listen would only fail again: the next request tries
      if (!isClosed && replica.hasListened()) start(replica.place)
    })
  }

  /** Starts those that are missing. At the first time all have to listen, or the first one would answer alone. */
  function startMissing(): Promise<unknown> {
    const isFirst = places.every((replica) => replica === undefined)
    const started = places.flatMap((replica, index) => (replica ? [] : [start(index + 1)]))
    if (isFirst) begun = Promise.allSettled(started.map(({ ready }) => ready))
    return begun
  }

  /** The next one whose turn it is, of those that listen. */
  function next(first: number, tried: ReadonlySet<Replica>): Replica | undefined {
    const inTurn = places.map((_, step) => places[(first + step) % count])
    return inTurn.find((replica) => replica?.state() === 'running' && !tried.has(replica))
  }

  /** Who is to answer. Waits while one is starting; undefined when there is nothing to wait for. */
  async function choose(
    first: number | undefined,
    tried: ReadonlySet<Replica>,
  ): Promise<Replica | undefined> {
    if (isClosed) return undefined
    await startMissing()
    for (;;) {
      const replica = next(first ?? turn, tried)
      if (replica) {
        turn = replica.place
        if (tried.size > 0) handedOn++
        return replica
      }
      const present = places.filter((one) => one !== undefined)
      const coming = present.filter((one) => one.state() !== 'running')
      // that a connection has broken may be known before it is known that its process has ended
      const hopes = coming.length > 0 ? coming.map(changed) : [...present.map(changed), pause(shortWhile)]
      if (present.length === 0 || (await Promise.race(hopes)) === tooLate) return undefined
    }
  }

  async function roll(rounds: readonly (() => void)[]) {
    const before = ends
    for (const round of rounds) {
      round()
      for (let place = 1; place <= count; place++) {
        if (ends !== before) return // they have been sent to rest meanwhile
        const next = begin(place)
        await next.ready
        const last = places[place - 1]
        settle(next)
        await last?.stop()
      }
    }
  }

  async function endAll(end: (replica: Replica) => void) {
    ends++
    places.fill(undefined)
    const all = living()
    all.forEach(end)
    await Promise.all(all.map(({ ended }) => ended))
  }

  return {
    isSticky: options.isSticky,
    handler(req, res, next) {
      files(req, res, () => {
        const first = options.isSticky ? numberOf(req.headers['user-agent'] ?? '') % count : undefined
        handOver(req, res, (tried) => choose(first, tried)).catch((error: unknown) => next?.(error))
      })
    },
    list: () =>
      known
        .map(({ place, pid, state, answered }) => ({ place, pid, state: state(), answered: answered() }))
        .sort((one, other) => one.place - other.place),
    isRolling: () => rolling !== undefined,
    handedOn: () => handedOn,
    ask: async (question) => (await Promise.all(living().map((replica) => replica.ask(question)))).flat(),
    setDelay(ms) {
      for (const replica of living()) replica.setDelay(ms)
    },
    kill(place) {
      places[place - 1]?.kill()
      return Number.isInteger(place) && place >= 1 && place <= count
    },
    restart(rounds = [() => {}]) {
      rolling ??= roll(rounds).finally(() => {
        rolling = undefined
      })
      return rolling
    },
    rest: () => endAll((replica) => void replica.stop()),
    async close() {
      isClosed = true
      await endAll((replica) => replica.kill())
    },
  }
}

/** A process has begun to listen, or has ended. */
const changed = (replica: Replica): Promise<void> =>
  replica.state() === 'starting' ? replica.ready.catch(() => {}) : replica.ended

const pause = (ms: number) =>
  new Promise<typeof tooLate>((resolve) => {
    setTimeout(() => resolve(tooLate), ms).unref()
  })

/** A number that is always the same for the same text. */
const numberOf = (text: string): number =>
  [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 0)
