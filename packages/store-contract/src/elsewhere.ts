import { once } from 'node:events'
import type { Location } from './adapter.ts'
import { type Elsewhere, type OpenContext, sessionOf } from './context.ts'
import { within } from './limit.ts'
import { killGroup, startProcess } from './own-process.ts'
import type { AdapterModule } from './protocol.ts'

/** The sid of the row that is looked for in the other process. */
export const sidElsewhere = 'process-elsewhere'

/** What the other process reports when it has nothing left to do. */
export type Done = { found: boolean } | { failed: string }

const startLimit = 20_000 // ms until another process has used the store
const endLimit = 5_000 // ms that it may go on after that

/** Sets a row and closes the store here; another process then looks for the row, closes the store or not, and ends. */
export async function visitElsewhere(
  context: OpenContext,
  from: AdapterModule,
  location: Location,
  closes: boolean,
): Promise<Elsewhere> {
  await context.calls.set(sidElsewhere, sessionOf({ n: 1 }))
  await context.close()
  const child = startProcess('elsewhere-child', from, location, closes)
  const ended = once(child, 'exit')
  try {
    const report = once(child, 'message') as Promise<[Done]>
    const tooSoon = ended.then(([code]) => Promise.reject(new Error(`the other process ended with ${code}`)))
    const [done] = await within(startLimit, Promise.race([report, tooSoon]), 'use in another process')
    if ('failed' in done) throw new Error(done.failed)
    const hasEnded = await within(endLimit, ended, 'end').then(
      () => true,
      () => false,
    )
    return { found: done.found, hasEnded }
  } finally {
    killGroup(child)
  }
}
