import type { Store } from 'express-session'
import { partsOf, valuesOf } from '../model/cookie-parts.ts'
import { lookFor } from './peeks.ts'
import { type Run, running } from './running.ts'

const most = 5 // looks in one process: it is asked whether that happens, not how often
let looks = 0

/**
 * Notes whether the store has a row of the id whose signature was just refused: then the cookie was once right. It looks
 * from the side, and only into stores where that is known to be safe.
 */
export function noteRefusedRow(run: Run | undefined, name: string, store: Store): void {
  if (!run?.exchange.debug.includes('cookie signature invalid') || looks >= most) return
  const [raw] = valuesOf(run.exchange.cookie, name)
  const look = raw === undefined ? undefined : lookFor(store)
  if (raw === undefined || !look) return
  looks++
  const { sid } = partsOf(raw)
  running.exit(() => {
    Promise.resolve()
      .then(() => look(sid))
      .then((row) => {
        if (!row || !run.exchange.facts) return
        run.exchange.facts.hasRefusedRow = true
        run.changed()
      })
      .catch(() => {}) // then it is not known
  })
}
