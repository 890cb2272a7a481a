/* Another process that uses the store: it looks for a row, closes the store or leaves it open, and has nothing left to do. */
import session from 'express-session'
import { sessionOf } from './bench.ts'
import { callsOf, messageOf } from './calls.ts'
import { type Done, sidElsewhere } from './elsewhere.ts'
import { loadSubject, type SubjectModule } from './protocol.ts'
import type { Place } from './subject.ts'

type Arguments = [from: SubjectModule, place: Place, closes: boolean]
const [from, place, closes] = process.argv.slice(2).map((text) => JSON.parse(text)) as Arguments

async function visit(): Promise<Done> {
  try {
    const { open } = await (await loadSubject(from))(place)
    const { store, close } = await open(session)
    const { get, set } = callsOf(store)
    const found = (await get(sidElsewhere))?.['n'] === 1
    await set(`${sidElsewhere}-set`, sessionOf({ n: 2 })) // every store has now opened what it opens
    if (closes) await close?.()
    return { found }
  } catch (error) {
    return { failed: messageOf(error) }
  }
}

const done = await visit()
process.send?.(done, () => process.disconnect())
