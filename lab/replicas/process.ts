import { fork } from 'node:child_process'
import { Agent, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createProxyServer } from 'httpxy'
import { expectPart, type Part, type ServingProcess } from '#inspector/record'
import { root } from '../../common/places.ts'
import type { Row } from '../../stores/store.ts'
import { type Limits, watchForHang } from './hang.ts'
import type { FromReplica, Question, ReplicaOptions, Report, ToReplica } from './messages.ts'

/** `ending`: it gets no more requests. */
export type ReplicaState = 'starting' | 'running' | 'ending' | 'ended'

/** One process of those that run the same app, seen from the lab. */
export interface Replica {
  /** 1, 2, …: whoever replaces it gets the same. */
  slot: number
  pid: number
  state(): ReplicaState
  /** Whether it has come so far as to listen. */
  hasListened(): boolean
  /** Whether it was killed because it no longer answered anything. */
  isHung(): boolean
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
  /** The rows in its memory; none when it has ended meanwhile. */
  ask(question: Question): Promise<Row[]>
  setDelay(ms: number): void
  /** Ends it at once, with whatever is under way (SIGKILL). */
  kill(): void
  /** Ends it when the requests under way have been answered. */
  stop(): Promise<void>
}

const patience = 10_000 // ms that a process may take to end by itself
const silence = 2_000 // ms after the response in which it has to report what happened

const proxy = createProxyServer()

/** Starts a process. One that hangs is killed: what it has under way breaks off, and it cannot carry it out later. */
export function startReplica(slot: number, options: ReplicaOptions, limits: Limits): Replica {
  const { NODE_OPTIONS: _, ...env } = process.env
  const file = join(root, 'lab/cli/run.mjs')
  const child = fork(file, ['lab/replicas/child.ts'], { cwd: root, env, execArgv: [] })
  const pid = child.pid ?? 0
  const { tag } = options
  // idle connections are dropped before the process itself drops them (after 5 s): none is closed under a request
  const agent = new Agent({ keepAlive: true, timeout: 4_000 })
  const send = (message: ToReplica) => void (child.connected && child.send(message, () => {}))
  const questions = openQuestions((id, question) => send({ kind: 'ask', id, question }))
  const reports = openReports({ slot, pid })
  const underWay = new Set<Promise<void>>()
  let state: ReplicaState = 'starting'
  let port: number | undefined
  let answered = 0
  let isHung = false

  child.once('exit', () => {
    state = 'ended'
  })
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve()) // after the last message
    child.on('error', () => resolve()) // it could not be started
  }).then(() => {
    state = 'ended'
    agent.destroy()
    questions.end()
    reports.end()
  })
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message: FromReplica) => {
      if (message.kind === 'answer') questions.answer(message.id, message.rows)
      if (message.kind === 'report') reports.take(message)
      if (message.kind === 'listening') {
        port = message.port
        state = 'running'
        resolve()
      }
    })
    ended.then(() => reject(new Error(`process ${slot} (pid ${pid}) has ended before it was ready`)))
  })
  ready.catch(() => {})
  send({ kind: 'run', options })

  const look = () =>
    watchForHang(
      limits,
      () => questions.ask({ what: 'word' }),
      () => {
        if (isHung || state === 'ended') return
        isHung = true
        console.error(
          `プロセス${slot}(pid ${pid})が応答しないため、終わらせます。\nProcess ${slot} (pid ${pid}) does not answer, and is killed.`,
        )
        kill()
      },
    )

  function kill() {
    if (state === 'running') state = 'ending'
    child.kill('SIGKILL')
  }

  return {
    slot,
    pid,
    state: () => state,
    hasListened: () => port !== undefined,
    isHung: () => isHung,
    answered: () => answered,
    ready,
    ended,
    async answer(req, res, body) {
      const report = tag === null ? undefined : reports.expect()
      const response = proxy.web(req, res, {
        target: `http://127.0.0.1:${port}`,
        agent,
        ...(report && tag && { headers: { [tag]: String(report.id) } }),
        ...(body && { buffer: Readable.from([body]) }),
      })
      underWay.add(response)
      const done = look()
      try {
        await response
        answered++
        report?.endSoon()
      } catch (error) {
        report?.end()
        throw error
      } finally {
        done()
        underWay.delete(response)
      }
    },
    ask: async (question) => (state === 'running' && child.connected ? questions.ask(question) : []),
    setDelay: (ms) => send({ kind: 'delay', ms }),
    kill,
    async stop() {
      if (state === 'starting') child.kill('SIGKILL')
      if (state !== 'running') return ended
      state = 'ending'
      const timer = setTimeout(() => child.kill('SIGKILL'), patience)
      await Promise.allSettled(underWay)
      send({ kind: 'stop' })
      await ended
      clearTimeout(timer)
    },
  }
}

/** What has been asked of a process and not been answered yet. */
function openQuestions(send: (id: number, question: Question) => void) {
  const open = new Map<number, (rows: Row[]) => void>()
  let lastId = 0
  return {
    ask: (question: Question) =>
      new Promise<Row[]>((resolve) => {
        open.set(++lastId, resolve)
        send(lastId, question)
      }),
    answer(id: number, rows: Row[]) {
      open.get(id)?.(rows)
      open.delete(id)
    },
    end() {
      for (const settle of open.values()) settle([])
    },
  }
}

/** What a process reports of the exchanges whose requests it got. */
function openReports(from: ServingProcess) {
  const parts = new Map<number, Part>()
  return {
    /** The process gets the request of the exchange whose code is running now. */
    expect() {
      const part = expectPart(from)
      if (!part) return undefined
      parts.set(part.id, part)
      return {
        id: part.id,
        end: part.end,
        /** The response has left. The request may never have got there: the visitor was gone first. */
        endSoon() {
          setTimeout(part.end, silence).unref()
          setTimeout(() => parts.delete(part.id), patience).unref()
        },
      }
    },
    take({ exchange, calls, debug, isOver }: Report) {
      const part = parts.get(exchange)
      part?.take({ calls, debug })
      if (isOver) part?.end()
    },
    end() {
      for (const part of parts.values()) part.end()
    },
  }
}
