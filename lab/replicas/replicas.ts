import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import express from 'express'
import type { Handler } from '#inspector'
import { root } from '../../common/places.ts'
import type { Row } from '../../stores/store.ts'
import { handOver } from './hand-over.ts'
import { type Limits, usualLimits } from './hang.ts'
import type { Question, ReplicaOptions } from './messages.ts'
import { type Replica, type ReplicaState, startReplica } from './process.ts'

export interface ReplicasOptions extends Pick<ReplicaOptions, 'file' | 'name' | 'storeUrl' | 'folder'> {
  /** How many processes there are. */
  count: number
  /** A browser always gets the same process while it runs; otherwise they take turns. */
  isSticky: boolean
  /** Whether the processes report store calls and debug lines. */
  isRecorded: boolean
  /** What a process that starts now gets. */
  secrets(): string[]
  delay(): number
  /** When a process counts as one that hangs; {@link usualLimits} when left out. */
  limits?: Limits
}

/** One process as the lab page lists it. */
interface ListedReplica {
  slot: number
  pid: number
  state: ReplicaState
  /** It was killed because it no longer answered anything. */
  isHung: boolean
  answered: number
}

/** An app that runs in processes of its own, behind one address. */
export interface Replicas {
  handler: Handler
  isSticky: boolean
  /** By slot: the processes that have ended last, then the one that runs. */
  list(): ListedReplica[]
  isRolling(): boolean
  ask(question: Question): Promise<Row[]>
  setDelay(ms: number): void
  /** Kills the process in this slot; another one takes its place. False when there is no such slot. */
  kill(slot: number): boolean
  /**
   * Rolling restart: replaces one process after the other, each when the next one is ready, so that requests go on
   * being answered. One restart for each of `rounds`. While it goes on, it is not begun again.
   * @param rounds are called before each restart, to alter what a process that starts then gets
   * @throws Error when a process does not start; those that run then stay
   */
  restart(rounds?: readonly (() => void)[]): Promise<void>
  /** Ends all processes when they have answered; the next request starts new ones. */
  stopAll(): Promise<void>
  /** Kills all processes, for good. */
  close(): Promise<void>
}

const mostEnded = 2 // of each slot, in the list
const shortWhile = 300 // ms

/**
 * Processes that run the same app and take turns in answering. They start with the first request; one that ends is
 * replaced, as a process manager does.
 */
export function openReplicas(options: ReplicasOptions): Replicas {
  const slots = Array.from({ length: options.count }, (_, index) => index + 1)
  const known: Replica[] = [] // those that run, and the last ones that have ended
  // a name that no visitor can guess: their own headers reach the app as they are
  const tag = options.isRecorded ? `x-lab-${randomBytes(8).toString('hex')}` : null
  // as a proxy in front does; if they took turns too, a page and its style would bind each to one process
  const files = express.static(join(root, 'public')) as unknown as Handler
  let [turn, stops, isClosed] = [0, 0, false]
  let firstReady: Promise<unknown> = Promise.resolve()
  let rolling: Promise<void> | undefined

  const living = () => known.filter((replica) => replica.state() !== 'ended')
  const livingIn = (slot: number) => living().filter((replica) => replica.slot === slot)

  /** Starts a process, which is replaced when it ends while no other one lives in its slot. */
  function start(slot: number): Replica {
    const { file, name, storeUrl, folder, secrets, delay } = options
    const replica = startReplica(
      slot,
      { file, name, storeUrl, folder, secrets: secrets(), delay: delay(), tag },
      options.limits ?? usualLimits,
    )
    const before = stops
    replica.ended.then(() => {
      // one that never came to listen would only fail again: the next request tries
      if (stops === before && replica.hasListened() && livingIn(slot).length === 0) start(slot)
    })
    known.push(replica)
    const ended = known.filter((other) => other.slot === slot && other.state() === 'ended')
    for (const old of ended.slice(0, -mostEnded)) known.splice(known.indexOf(old), 1)
    return replica
  }

  /** Starts those that are missing. At the first time all have to listen, or the first one would answer alone. */
  function startMissing(): Promise<unknown> {
    const isFirst = living().length === 0
    const started = slots.filter((slot) => livingIn(slot).length === 0).map(start)
    if (isFirst) firstReady = Promise.allSettled(started.map(({ ready }) => ready))
    return firstReady
  }

  /** The next one whose turn it is, of those that listen. */
  function next(first: number, tried: ReadonlySet<Replica>): Replica | undefined {
    const isFree = (replica: Replica) => replica.state() === 'running' && !tried.has(replica)
    const inTurn = [...slots.slice(first), ...slots.slice(0, first)]
    return inTurn.flatMap((slot) => livingIn(slot).findLast(isFree) ?? [])[0]
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
        turn = replica.slot % slots.length
        return replica
      }
      const present = living()
      if (present.length === 0) return undefined
      const hopes = present.filter((one) => one.state() !== 'running').map(changed)
      if (hopes.length > 0) await Promise.race(hopes)
      // that a connection has broken may be known before it is known that its process has ended
      else if (await Promise.race([pause(shortWhile, true), ...present.map(changed)])) return undefined
    }
  }

  async function roll(rounds: readonly (() => void)[]) {
    const before = stops
    for (const round of rounds) {
      round()
      for (const slot of slots) {
        if (stops !== before) return // all have been stopped meanwhile
        const next = start(slot)
        await next.ready
        await Promise.all(livingIn(slot).map((other) => other !== next && other.stop()))
      }
    }
  }

  async function endAll(end: (replica: Replica) => void) {
    stops++
    const all = living()
    all.forEach(end)
    await Promise.all(all.map(({ ended }) => ended))
  }

  return {
    isSticky: options.isSticky,
    handler(req, res, next) {
      files(req, res, () => {
        const first = options.isSticky ? hash(req.headers['user-agent'] ?? '') % slots.length : undefined
        handOver(req, res, (tried) => choose(first, tried)).catch((error: unknown) => next?.(error))
      })
    },
    list: () =>
      known
        .map(({ slot, pid, state, isHung, answered }) => ({
          slot,
          pid,
          state: state(),
          isHung: isHung(),
          answered: answered(),
        }))
        .sort((one, other) => one.slot - other.slot),
    isRolling: () => rolling !== undefined,
    ask: async (question) => (await Promise.all(living().map((replica) => replica.ask(question)))).flat(),
    setDelay(ms) {
      for (const replica of living()) replica.setDelay(ms)
    },
    kill(slot) {
      livingIn(slot)
        .findLast((replica) => replica.state() === 'running')
        ?.kill()
      return slots.includes(slot)
    },
    restart(rounds = [() => {}]) {
      rolling ??= roll(rounds).finally(() => {
        rolling = undefined
      })
      return rolling
    },
    stopAll: () => endAll((replica) => void replica.stop()),
    async close() {
      isClosed = true
      await endAll((replica) => replica.kill())
    },
  }
}

/** A process has begun to listen, or has ended. */
const changed = (replica: Replica): Promise<void> =>
  replica.state() === 'starting' ? replica.ready.catch(() => {}) : replica.ended

/** A number that is always the same for the same text. */
const hash = (text: string): number =>
  [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 0)
