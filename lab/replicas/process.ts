import { fork } from 'node:child_process'
import { Agent, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createProxyServer } from 'httpxy'
import type { ServingProcess } from '../inspector/exchange.ts'
import { expectPart, type Part } from '../inspector/recorder.ts'
import { root } from '../places.ts'
import type { Row } from '../stores/store.ts'
import type { FromReplica, Question, ReplicaOptions, ToReplica } from './messages.ts'

/** `ending`: it gets no more requests. */
export type ReplicaState = 'starting' | 'running' | 'ending' | 'ended'

/** One process of those that run the same app, seen from the lab. */
export interface Replica extends ServingProcess {
  state(): ReplicaState
  /** Whether it has come so far as to listen. */
  hasListened(): boolean
  /** How many requests it has answered. */
  answered(): number
  /** It listens. Rejects when it has ended before. */
  ready: Promise<void>
  ended: Promise<void>
  /**
   * Hands it a request; done when the response has been sent, or the visitor is gone.
   * @param body what has been read of the request; undefined when nothing has
   * @throws Error when the process has not answered; the response is then untouched, unless it has been begun
   */
  answer(req: IncomingMessage, res: ServerResponse, body: Buffer | undefined): Promise<void>
  /** The rows that it tells of; none when it has ended meanwhile. */
  ask(question: Question): Promise<Row[]>
  setDelay(ms: number): void
  /** Ends it at once, with whatever is under way (SIGKILL). */
  kill(): void
  /** Ends it when the requests under way have been answered. */
  stop(): Promise<void>
}

const patience = 10_000 // ms that a process may take to end by itself
const mostParts = 500 // as many as a recorder keeps
const silence = 2_000 // ms after the response in which it has to tell what happened

const proxy = createProxyServer()

/** Starts a process. */
export function startReplica(place: number, options: ReplicaOptions): Replica {
  const { NODE_OPTIONS: _, ...env } = process.env
  const child = fork(join(root, 'lab/run.mjs'), ['lab/replicas/child.ts'], { cwd: root, env, execArgv: [] })
  const pid = child.pid ?? 0
  const { tag } = options
  // idle connections are dropped before the process itself drops them (after 5 s): none is closed under a request
  const agent = new Agent({ keepAlive: true, timeout: 4_000 })
  const questions = new Map<number, (rows: Row[]) => void>()
  const parts = new Map<number, Part>()
  let state: ReplicaState = 'starting'
  let port: number | undefined
  let [answered, underWay, lastId] = [0, 0, 0]
  let onIdle = () => {}

  const send = (message: ToReplica) => child.connected && child.send(message, () => {})

  function partTold({ exchange, calls, debug, isOver }: Extract<FromReplica, { kind: 'part' }>) {
    const part = parts.get(exchange)
    part?.take({ calls, debug })
    if (!isOver) return
    part?.end()
    if (calls.every(({ duration }) => duration !== null)) parts.delete(exchange)
  }

  const ended = new Promise<void>((resolve) => {
    const over = () => {
      state = 'ended'
      agent.destroy()
      for (const settle of questions.values()) settle([])
      for (const part of parts.values()) part.end()
      parts.clear()
      resolve()
    }
    child.once('exit', () => {
      state = 'ended'
    })
    child.once('close', over) // after the last message
    child.once('error', over) // it could not be started
  })

  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message: FromReplica) => {
      if (message.kind === 'answer') questions.get(message.id)?.(message.rows)
      if (message.kind === 'part') partTold(message)
      if (message.kind === 'listening') {
        port = message.port
        state = 'running'
        resolve()
      }
    })
    ended.then(() => reject(new Error(`process ${place} (pid ${pid}) has ended before it was ready`)))
  })
  ready.catch(() => {})
  child.on('error', () => {})
  send({ kind: 'run', options })

  function expect(): Part | undefined {
    const part = tag === null ? undefined : expectPart({ place, pid })
    if (!part) return undefined
    parts.set(part.id, part)
    const [oldest] = parts
    if (oldest && parts.size > mostParts) {
      oldest[1].end()
      parts.delete(oldest[0])
    }
    return part
  }

  return {
    place,
    pid,
    state: () => state,
    hasListened: () => port !== undefined,
    answered: () => answered,
    ready,
    ended,
    async answer(req, res, body) {
      const part = expect()
      underWay++
      try {
        await proxy.web(req, res, {
          target: `http://127.0.0.1:${port}`,
          agent,
          ...(part && tag && { headers: { [tag]: String(part.id) } }),
          ...(body && { buffer: Readable.from([body]) }),
        })
        answered++
        if (part) setTimeout(part.end, silence).unref() // it may never have got there: the visitor was gone first
      } catch (error) {
        part?.end()
        throw error
      } finally {
        if (--underWay === 0) onIdle()
      }
    },
    ask(question) {
      if (state !== 'running' || !child.connected) return Promise.resolve([])
      const id = ++lastId
      return new Promise<Row[]>((resolve) => {
        questions.set(id, resolve)
        send({ kind: 'ask', id, question })
      }).finally(() => questions.delete(id))
    },
    setDelay: (ms) => void send({ kind: 'delay', ms }),
    kill() {
      if (state === 'running') state = 'ending'
      child.kill('SIGKILL')
    },
    async stop() {
      if (state === 'starting') child.kill('SIGKILL')
      if (state !== 'running') return ended
      state = 'ending'
      const timer = setTimeout(() => child.kill('SIGKILL'), patience)
      if (underWay > 0) {
        await new Promise<void>((resolve) => {
          onIdle = resolve
        })
      }
      send({ kind: 'stop' })
      await ended
      clearTimeout(timer)
    },
  }
}
