import type { IncomingMessage } from 'node:http'
import { createRecorder, currentExchange, type Exchange, type Handler } from '#inspector/record'
import type { Report } from './messages.ts'

/**
 * Records what this process does with the requests that bring a number in the header `tag`, and reports it under that
 * number: whenever something new is known, at most once in each turn of the event loop. The app does not see the
 * header.
 */
export function openRecord(tag: string, send: (report: Report) => void) {
  const numbers = new WeakMap<Exchange, number>()
  const changed = new Set<Exchange>()

  function reportChanged() {
    for (const exchange of changed) {
      const number = numbers.get(exchange)
      if (number === undefined) continue
      const { calls, debug, duration } = exchange
      send({ exchange: number, calls, debug, isOver: duration !== null })
    }
    changed.clear()
  }

  const recorder = createRecorder({
    limit: 1, // the lab keeps them
    onChange({ exchange }) {
      if (changed.size === 0) setImmediate(reportChanged)
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
