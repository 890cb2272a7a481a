/* Another process that uses the store: looks for a row, closes the store or leaves it open, and then has nothing left to do. */
import session from 'express-session'
import type { Location } from './adapter.ts'
import { callsOf, messageOf } from './calls.ts'
import { sessionOf } from './context.ts'
import { type Done, sidElsewhere } from './elsewhere.ts'
import { loadAdapter } from './load.ts'
import type { AdapterModule } from './protocol.ts'

type Arguments = [from: AdapterModule, location: Location, closes: boolean]
const [from, location, closes] = process.argv.slice(2).map((text) => JSON.parse(text)) as Arguments

async function visit(): Promise<Done> {
  try {
    const { open } = await (await loadAdapter(from))(location)
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
