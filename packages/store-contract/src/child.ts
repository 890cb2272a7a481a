/*
 * A subject in a process of its own: what a store does to its process is done to this one. Whoever started it says
 * which claims to run.
 */
import { type Elsewhere, type OpenBench, openBench } from './bench.ts'
import { messageOf } from './calls.ts'
import { type Claim, cannotTell, type Found, no } from './claim.ts'
import { claims } from './claims.ts'
import { visitElsewhere } from './elsewhere.ts'
import { within } from './limit.ts'
import { type FromChild, loadSubject, type SubjectModule, type ToChild } from './protocol.ts'
import { runClaim } from './run-claim.ts'
import type { Place, Subject } from './subject.ts'
import { watchUncaught } from './uncaught.ts'

const [from, place] = process.argv.slice(2).map((text) => JSON.parse(text)) as [SubjectModule, Place]
const uncaught = watchUncaught()
const tell = (message: FromChild) => process.send?.(message)

const openLimit = 15_000 // ms
const closeLimit = 3_000 // ms

/** Runs claims on a subject; a store that was spoilt is replaced for the next. */
function runner(subject: Subject) {
  let opened: Promise<OpenBench> | undefined
  const bench = (): Promise<OpenBench> => {
    opened ??= within(openLimit, openBench(subject, { uncaught, elsewhere }), 'open')
    return opened
  }
  const elsewhere = async ({ closes }: { closes: boolean }): Promise<Elsewhere> => {
    const here = { folder: place.folder, ...(subject.address && { address: subject.address }) }
    return visitElsewhere(await bench(), from, here, closes)
  }
  async function putAway() {
    const used = opened
    opened = undefined
    await within(closeLimit, Promise.resolve(used?.then((bench) => bench.close())), 'close').catch(() => {})
  }

  async function run(claim: Claim): Promise<Found> {
    let current: OpenBench
    try {
      current = await bench()
    } catch (error) {
      opened = undefined
      const words = { ja: `開けない: ${messageOf(error)}`, en: `it does not open: ${messageOf(error)}` }
      return claim.id === 'shape.store' ? no(words, null) : cannotTell(words)
    }
    const before = uncaught.length
    const found = await runClaim(claim, current)
    if (claim.spoils || (uncaught.length > before && !claim.waits)) await putAway()
    return found
  }

  return {
    /** Together; what does not hold, or cannot be told for an error of another, is asked again alone. */
    async together(chosen: readonly Claim[]): Promise<Record<string, Found>> {
      const before = uncaught.length
      const found = new Map<string, Found>()
      await Promise.all(chosen.map(async (claim) => found.set(claim.id, await run(claim))))
      const isSpoilt = uncaught.length > before
      for (const claim of chosen) {
        if (chosen.length === 1 || !(isSpoilt || found.get(claim.id)?.answer === 'no')) continue
        if (isSpoilt) await putAway()
        found.set(claim.id, await run(claim))
      }
      return Object.fromEntries(found)
    },
    putAway,
  }
}

async function main() {
  let subject: Subject
  try {
    subject = await (await loadSubject(from))(place)
  } catch (error) {
    tell({ failed: messageOf(error) })
    process.disconnect()
    return
  }
  const { together, putAway } = runner(subject)
  process.on('message', async (message: ToChild) => {
    if (message !== 'end') {
      const found = await together(claims.filter(({ id }) => message.run.includes(id)))
      tell({ found, isSpoilt: uncaught.length > 0 })
      return
    }
    await putAway()
    await within(closeLimit, Promise.resolve(subject.end?.()), 'end').catch(() => {})
    process.exit() // some stores have no other way to end
  })
  tell({ ready: { behind: subject.backendVersion ?? null } })
}

await main()
