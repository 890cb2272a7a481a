import type { ServerResponse } from 'node:http'
import { noteResponse } from '../facts.ts'
import { headerLines } from '../headers.ts'
import type { Run } from './running.ts'

const runs = new WeakMap<ServerResponse, Run>()
const watched = new WeakSet<object>()

/** Notes when the head of a response leaves, what it was, and how it ended. The response gets nothing of its own for that. */
export function followResponse(run: Run): void {
  const { exchange, response, started } = run
  watchHeads(Object.getPrototypeOf(response) as ServerResponse)
  runs.set(response, run)
  let isOver = false
  response.on('finish', () => {
    exchange.end = 'finished'
  })
  response.on('close', () => {
    if (isOver) return
    isOver = true
    const duration = performance.now() - started
    exchange.end ??= 'cut'
    noteHead(run)
    if (response.headersSent) {
      exchange.status = response.statusCode
      exchange.setCookie = headerLines(response, 'set-cookie')
      exchange.location = headerLines(response, 'location')[0] ?? null
    }
    noteResponse(run)
    run.finish = () => {
      exchange.duration = duration
      run.changed()
    }
    if (run.awaited === 0) run.finish()
  })
}

/** Every head leaves through `writeHead`, whoever begins the response. */
function watchHeads(prototype: ServerResponse) {
  if (watched.has(prototype)) return
  watched.add(prototype)
  const { writeHead } = prototype
  const front = function (this: ServerResponse, ...args: unknown[]) {
    const result: unknown = Reflect.apply(writeHead, this, args)
    const run = runs.get(this)
    if (run) noteHead(run)
    return result
  }
  for (const key of ['name', 'length'] as const)
    Object.defineProperty(front, key, { value: writeHead[key], configurable: true })
  Object.defineProperty(prototype, 'writeHead', { value: front, writable: true, configurable: true })
}

function noteHead({ exchange, response, started }: Run) {
  if (exchange.headAt === null && response.headersSent) exchange.headAt = performance.now() - started
}
