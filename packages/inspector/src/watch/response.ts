import type { ServerResponse } from 'node:http'
import { noteResponse } from '../facts.ts'
import { firstLine, headerLines } from '../headers.ts'
import { noteFailure } from './failure-text.ts'
import { runOf, setRun } from './run-of.ts'
import { type Run, Unrecorded } from './running.ts'

const watched = new WeakSet<object>()

/**
 * Notes when the head of a response leaves, what it was, and how it ended. The response gets nothing of its own for that.
 * @param over is called once it has ended and all of that is noted
 */
export function followResponse(run: Run, over: () => void): void {
  const { exchange, response, started } = run
  watchPrototypes(response)
  setRun(response, run)
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
      exchange.location = firstLine(response, 'location') ?? null
    }
    noteResponse(run)
    run.finish = () => {
      exchange.duration = duration
      run.changed()
    }
    if (run.awaited === 0) run.finish()
    over()
  })
}

/** Whose method it is: Express puts prototypes of its own before it, and exchanges them while it answers. */
function ownerOf(response: ServerResponse, method: string): ServerResponse {
  let owner: object = Object.getPrototypeOf(response)
  while (!Object.hasOwn(owner, method) && Object.getPrototypeOf(owner)) owner = Object.getPrototypeOf(owner)
  return owner as ServerResponse
}

/** Every head leaves through `writeHead`, and every body through `write` and `end`, whoever begins the response. */
function watchPrototypes(response: ServerResponse) {
  const heads = ownerOf(response, 'writeHead')
  if (watched.has(heads)) return
  watched.add(heads)
  watchMethod(heads, 'writeHead', (call, run) => {
    const result = call()
    noteHead(run)
    return result
  })
  for (const method of ['write', 'end'] as const) {
    watchMethod(ownerOf(response, method), method, (call, run, [chunk]) => {
      noteFailure(run, chunk)
      return call()
    })
  }
}

function watchMethod(
  prototype: ServerResponse,
  method: 'writeHead' | 'write' | 'end',
  around: (call: () => unknown, run: Run, args: unknown[]) => unknown,
) {
  const original = prototype[method]
  const front = function (this: ServerResponse, ...args: unknown[]) {
    const run = runOf(this)
    if (!run || run instanceof Unrecorded) return Reflect.apply(original, this, args)
    return around(() => Reflect.apply(original, this, args), run, args)
  }
  for (const key of ['name', 'length'] as const)
    Object.defineProperty(front, key, { value: original[key], configurable: true })
  Object.defineProperty(prototype, method, { value: front, writable: true, configurable: true })
}

function noteHead({ exchange, response, started }: Run) {
  if (exchange.headAt === null && response.headersSent) exchange.headAt = performance.now() - started
}
