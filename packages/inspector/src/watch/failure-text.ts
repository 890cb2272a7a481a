import type { Run } from './running.ts'

const telling = /\bTypeError\b|is not a function|is not iterable|Invalid time value|Invalid Date/
const longest = 2_000 // characters that are looked at

/** Notes whether a piece of a failed response says that a value was of another type than the app expected. */
export function noteFailure({ exchange, response }: Run, chunk: unknown): void {
  if (response.statusCode < 500 || !exchange.facts) return
  const isText = typeof chunk === 'string' || Buffer.isBuffer(chunk)
  if (isText && telling.test(chunk.slice(0, longest).toString())) exchange.facts.isTypeError = true
}
