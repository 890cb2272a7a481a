import type { IncomingMessage } from 'node:http'
import session, { type Store } from 'express-session'
import type { Exchange } from '../inspector/exchange.ts'
import { createRecorder, currentExchange, type Handler, type Recorder } from '../inspector/recorder.ts'
import type { FromReplica } from './messages.ts'

/**
 * Records what this process does with the requests that bring a number in the header `tag`, and tells it under that
 * number: whenever something new is known, once for all that happens in one turn of the event loop. The app does not
 * see the header.
 */
export function openRecord(tag: string, tell: (message: FromReplica) => void) {
  const numbers = new WeakMap<Exchange, number>()
  const changed = new Set<Exchange>()

  function tellChanged() {
    for (const exchange of changed) {
      const number = numbers.get(exchange)
      if (number === undefined) continue
      const { calls, debug, duration } = exchange
      tell({ kind: 'part', exchange: number, calls, debug, isOver: duration !== null })
    }
    changed.clear()
  }

  const recorder = createRecorder({
    limit: 1, // whoever is told keeps them
    onChange(exchange) {
      if (changed.size === 0) setImmediate(tellChanged)
      changed.add(exchange)
    },
  })

  return {
    recorder,
    around: (app: Handler): Handler =>
      recorder.watch((req, res, next) => {
        const exchange = currentExchange()
        const number = takeHeader(req, tag)
        if (exchange && number !== undefined) numbers.set(exchange, Number(number))
        app(req, res, next)
      }),
  }
}

/** Removes a header from a request, as if it had never been there. */
function takeHeader(req: IncomingMessage, name: string): string | undefined {
  const value = req.headers[name]
  if (value === undefined) return undefined
  delete req.headers[name]
  const at = req.rawHeaders.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name)
  req.rawHeaders.splice(at, 2)
  return String(value)
}

const methods = ['get', 'set', 'destroy', 'touch'] as const

/** Notes the calls on each MemoryStore of this process but the `given` one, which is watched already. */
export function watchMemoryStores(recorder: Recorder, given: Store): void {
  const { prototype } = session.MemoryStore
  const originals = Object.fromEntries(methods.map((method) => [method, prototype[method]]))
  for (const method of methods) {
    const original = prototype[method] as (...args: unknown[]) => void
    Object.assign(prototype, {
      [method](this: Store, ...args: unknown[]) {
        if (this === given || Object.prototype.isPrototypeOf.call(this, given))
          return original.apply(this, args)
        const watched = recorder.watchStore(Object.assign(Object.create(this), originals))
        return (watched[method] as (...args: unknown[]) => void)(...args)
      },
    })
  }
}
