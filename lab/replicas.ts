import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import express from 'express'
import { createProxyServer } from 'httpxy'
import type { Handler } from './inspector/recorder.ts'
import { root } from './places.ts'
import type { Variant } from './scenarios.ts'
import type { OpenStore, Row } from './stores/store.ts'

/** What a process needs to run one app on its own. */
export interface ReplicaOptions {
  variant: Variant
  /** Names its store, and its messages. */
  name: string
  secret: string[]
  storeUrl: string
  folder: string
}

/** What is asked of a process, and what it answers. The rows are those of a MemoryStore that the app made itself. */
export interface Question {
  id: number
  what: 'rows' | 'clear'
}
export type Message = { port: number } | { id: number; rows: Row[] }

/** An app that runs in processes of its own, behind one address. */
export interface Replicas {
  handler: Handler
  rows(): Promise<Row[]>
  clear(): Promise<void>
  close(): Promise<void>
}

interface Replica {
  child: ChildProcess
  port: Promise<number>
}

/**
 * `count` processes that run the same app and take turns in answering. They are started with the first request; one
 * that ends is replaced, as a process manager does.
 */
export function openReplicas(count: number, options: ReplicaOptions): Replicas {
  const replicas: Replica[] = []
  const questions = new Map<number, { child: ChildProcess; resolve(rows: Row[]): void }>()
  const proxy = createProxyServer()
  // as a proxy in front does; if they took turns too, a page and its style would bind each to one process
  const files = express.static(join(root, 'public')) as unknown as Handler
  let [turn, lastId, isClosed] = [0, 0, false]

  function start(place: number) {
    const { NODE_OPTIONS: _, ...env } = process.env
    const child = fork(join(root, 'lab/run.mjs'), ['lab/replica.ts'], { cwd: root, env, execArgv: [] })
    const port = new Promise<number>((resolve, reject) => {
      child.on('message', (message: Message) => {
        if ('port' in message) resolve(message.port)
        else questions.get(message.id)?.resolve(message.rows)
      })
      child.on('error', reject) // it could not be started, or not be told
      child.once('exit', (code) => {
        reject(new Error(`the process ended with ${code}`))
        for (const question of questions.values()) if (question.child === child) question.resolve([])
        if (isClosed) return
        // one that never came to listen would only fail again: the next request tries
        port.then(
          () => start(place),
          () => replicas.splice(0).map((replica) => replica.child.kill()),
        )
      })
    })
    port.catch(() => {})
    child.send(options)
    replicas[place] = { child, port }
  }

  /** Asks every process; one that ends meanwhile has nothing to tell. */
  const ask = (what: Question['what']): Promise<Row[][]> =>
    Promise.all(
      replicas.map(async ({ child, port }) => {
        await port.catch(() => {})
        if (!child.connected) return []
        const id = ++lastId
        return new Promise<Row[]>((resolve) => {
          questions.set(id, { child, resolve })
          child.send({ id, what } satisfies Question)
        }).finally(() => questions.delete(id))
      }),
    )

  return {
    handler(req, res, next) {
      files(req, res, () => {
        for (let place = 0; place < count; place++) if (!replicas[place]) start(place)
        replicas[turn++ % count]?.port
          .then((port) => proxy.web(req, res, { target: `http://127.0.0.1:${port}` }))
          .catch((error: unknown) => next?.(error))
      })
    },
    rows: async () => (await ask('rows')).flat(),
    async clear() {
      await ask('clear')
    },
    async close() {
      isClosed = true
      await Promise.all(
        replicas.map(
          ({ child }) =>
            new Promise<void>((resolve) => {
              if (child.exitCode !== null || child.signalCode !== null) return resolve()
              child.once('exit', () => resolve())
              child.kill()
            }),
        ),
      )
    },
  }
}

/** A store together with what lies in the processes of `replicas`, which may grow. */
export function withReplicas(store: OpenStore, replicas: readonly Replicas[]): OpenStore {
  const inProcesses = async () => (await Promise.all(replicas.map(({ rows }) => rows()))).flat()
  return {
    store: store.store,
    peek: async (sid) =>
      (await store.peek(sid)) ??
      (replicas.length > 0 ? (await inProcesses()).find((row) => row.sid === sid) : undefined),
    rows: async (limit) => [...(await inProcesses()), ...(await store.rows(limit))].slice(0, limit),
    async clear() {
      await Promise.all([store.clear(), ...replicas.map(({ clear }) => clear())])
    },
    async close() {
      await Promise.all(replicas.map(({ close }) => close()))
      await store.close()
    },
  }
}
