import session from 'express-session'
import type { Rows } from './ordered-store.ts'

let count = 0

/** Puts so many rows among the others, as if as many visitors had come just now, each for the first time. */
export function addVisitors(rows: Rows, many: number) {
  const cookie = new session.Cookie()
  cookie.maxAge = 10_000
  const expires = Date.now() + 10_000
  const data = JSON.stringify({ cookie, madeAt: Date.now(), visits: 1 })
  for (let n = 0; n < many; n++) rows.set(`visitor-${++count}`, { data, expires })
}
