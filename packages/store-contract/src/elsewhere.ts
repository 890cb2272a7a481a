import { once } from 'node:events'
import { type Elsewhere, type OpenBench, sessionOf } from './bench.ts'
import { within } from './limit.ts'
import { killGroup, startProcess } from './own-process.ts'
import type { SubjectModule } from './protocol.ts'
import type { Place } from './subject.ts'

/** The sid of the row that is looked for in the other process. */
export const sidElsewhere = 'process-elsewhere'

/** What the other process tells when it has nothing left to do. */
export type Done = { found: boolean } | { failed: string }

const startLimit = 20_000 // ms until another process has used the store
const endLimit = 5_000 // ms that it may go on after that

/** Sets a row, closes the store of the bench, and lets another process find the row, close the store or not, and end. */
export async function visitElsewhere(
  bench: OpenBench,
  from: SubjectModule,
  place: Place,
  closes: boolean,
): Promise<Elsewhere> {
  await bench.calls.set(sidElsewhere, sessionOf({ n: 1 }))
  await bench.close()
  const child = startProcess('./visitor.ts', [from, place, closes])
  const ended = once(child, 'exit')
  try {
    const told = once(child, 'message') as Promise<[Done]>
    const tooSoon = ended.then(([code]) => Promise.reject(new Error(`the other process ended with ${code}`)))
    const [done] = await within(startLimit, Promise.race([told, tooSoon]), 'use in another process')
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
