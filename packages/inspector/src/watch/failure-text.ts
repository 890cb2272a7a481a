import type { ServerResponse } from 'node:http'
import type { Run } from './running.ts'

const telling = /\bTypeError\b|is not a function|is not iterable|Invalid time value|Invalid Date/
const longest = 2_000 // characters that are looked at

/** Notes whether the body of a failed response says that a value was of another type than the app expected. */
export function followFailure({ exchange, response }: Run): void {
  for (const method of ['write', 'end'] as const) {
    const original = response[method]
    const front = function (this: ServerResponse, ...args: unknown[]) {
      if (this.statusCode >= 500 && exchange.facts && saysType(args[0])) exchange.facts.isTypeError = true
      return Reflect.apply(original, this, args) as boolean & ServerResponse
    }
    Object.defineProperties(front, { name: { value: method }, length: { value: original.length } })
    response[method] = front
  }
}

function saysType(chunk: unknown): boolean {
  const isText = typeof chunk === 'string' || Buffer.isBuffer(chunk)
  return isText && telling.test(chunk.slice(0, longest).toString())
}
