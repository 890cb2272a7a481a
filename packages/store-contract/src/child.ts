/*
 * An adapter in a process of its own, so that a store can harm no other. The parent says which claims to run; when it
 * has gone, all ends here too.
 */
import { rmSync } from 'node:fs'
import type { Adapter, Location } from './adapter.ts'
import { messageOf } from './calls.ts'
import { type Claim, cannotTell, type Finding, no } from './claim.ts'
import { claims } from './claims.ts'
import { type OpenContext, openContext } from './context.ts'
import { startElsewhere } from './elsewhere.ts'
import { within } from './limit.ts'
import { loadAdapter, Unusable } from './load.ts'
import type { AdapterModule, FromChild, ToChild } from './protocol.ts'
import { runClaim } from './run-claim.ts'
import { watchUncaught } from './uncaught.ts'
import { visitor } from './visit-elsewhere.ts'

const [from, location] = process.argv.slice(2).map((text) => JSON.parse(text)) as [AdapterModule, Location]
const uncaught = watchUncaught()
const send = (message: FromChild) => process.send?.(message)

const openLimit = 15_000 // ms
const closeLimit = 3_000 // ms

/** Runs claims on an adapter; a store that was spoilt is replaced for the next. */
function runner(adapter: Adapter) {
  let opened: Promise<OpenContext> | undefined
  const here = (address = adapter.address): Location => ({
    folder: location.folder,
    ...(address !== undefined && { address }),
  })
  function context(): Promise<OpenContext> {
    opened ??= within(openLimit, openContext(adapter, parts), 'open')
    return opened
  }
  const parts = {
    uncaught,
    visit: visitor(context, () => startElsewhere(from, here())),
    beside: () => startElsewhere(from, here()),
    at: async (address: string) => (await loadAdapter(from))(here(address)),
  }
  async function discard() {
    const used = opened
    opened = undefined
    await within(closeLimit, Promise.resolve(used?.then((context) => context.close())), 'close').catch(
      () => {},
    )
  }

  async function run(claim: Claim): Promise<Finding> {
    let current: OpenContext
    try {
      current = await context()
    } catch (error) {
      opened = undefined
      const words = { ja: `開けない: ${messageOf(error)}`, en: `it does not open: ${messageOf(error)}` }
      return claim.id === 'shape.store' ? no(words, null) : cannotTell(words)
    }
    const before = uncaught.length
    const found = await runClaim(claim, current)
    if (claim.spoils || (uncaught.length > before && !claim.waits)) await discard()
    return found
  }

  return {
    /** Runs claims together. Those that do not hold, or that an error of another may have spoilt, run again alone. */
    async together(chosen: readonly Claim[]): Promise<Record<string, Finding>> {
      const before = uncaught.length
      const found = new Map<string, Finding>()
      await Promise.all(chosen.map(async (claim) => found.set(claim.id, await run(claim))))
      const isSpoilt = uncaught.length > before
      for (const claim of chosen) {
        if (chosen.length === 1 || !(isSpoilt || found.get(claim.id)?.answer === 'no')) continue
        if (isSpoilt) await discard()
        found.set(claim.id, await run(claim))
      }
      return Object.fromEntries(found)
    },
    discard,
  }
}

async function main() {
  let adapter: Adapter
  try {
    adapter = await (await loadAdapter(from))(location)
  } catch (error) {
    const message = messageOf(error)
    send({ failed: error instanceof Unusable ? error.words : { ja: message, en: message } })
    process.disconnect()
    return
  }
  const { together, discard } = runner(adapter)
  const end = async () => {
    await discard()
    await within(closeLimit, Promise.resolve(adapter.end?.()), 'end').catch(() => {})
    process.exit() // some stores would keep the process alive
  }
  process.on('message', async (message: ToChild) => {
    if (message !== 'end') {
      const found = await together(claims.filter(({ id }) => message.run.includes(id)))
      send({ found, isSpoilt: uncaught.length > 0 })
      return
    }
    await end()
  })
  process.once('disconnect', async () => {
    rmSync(location.folder, { recursive: true, force: true }) // nobody else is left to
    await end()
  })
  send({ ready: { behind: adapter.backendVersion ?? null } })
}

await main()
