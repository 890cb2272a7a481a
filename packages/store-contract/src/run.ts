import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Location } from './adapter.ts'
import { type AdapterProcess, startAdapterProcess } from './adapter-process.ts'
import { type Claim, cannotTell, type Finding, no } from './claim.ts'
import { claims } from './claims.ts'
import { Unusable } from './load.ts'
import type { AdapterModule } from './protocol.ts'
import type { Words } from './words.ts'

export interface Run {
  /** Runs a claim, once. Those that wait are run together with the first of them. */
  result(id: string): Promise<Finding>
  /** What lies behind the store, with its version; null where the adapter does not say. Rejects when it cannot be made: {@link troubleOf}. */
  behind(): Promise<string | null>
  end(): Promise<void>
}

/**
 * The contract for one adapter, in a process of its own, which is replaced when a store ends or spoils it.
 * @param budget ms for all; claims that have not begun by then are `cannot-tell`
 */
export function startRun(from: AdapterModule, location: Location, budget = Number.POSITIVE_INFINITY): Run {
  const timeUp = Date.now() + budget
  const known = new Map<string, Promise<Finding>>()
  let current: Promise<AdapterProcess> | undefined
  let started = 0 // each process has a folder of its own: a server may not start twice in the same
  let queue: Promise<unknown> = Promise.resolve()

  const adapterProcess = () => {
    if (!current) {
      const folder = join(location.folder, String(++started))
      mkdirSync(folder)
      current = startAdapterProcess(from, { ...location, folder })
    }
    return current
  }
  async function leave() {
    const left = await current?.catch(() => undefined)
    current = undefined
    await left?.end()
  }

  async function run(group: readonly Claim[]): Promise<Readonly<Record<string, Finding>>> {
    const all = (found: Finding) => Object.fromEntries(group.map(({ id }) => [id, found]))
    if (Date.now() > timeUp) return all(outOfTime)
    let adapter: AdapterProcess
    try {
      adapter = await adapterProcess()
    } catch (error) {
      const { ja, en } = troubleOf(error)
      return all(cannotTell({ ja: `用意できない: ${ja}`, en: `it cannot be set up: ${en}` }))
    }
    const answer = await adapter.ask(group.map(({ id }) => id))
    if ('found' in answer) {
      if (answer.isSpoilt) await leave()
      return answer.found
    }
    current = undefined
    if (group.length === 1) return all(endsProcess(answer.gone))
    // which of them ended it?
    const alone = []
    for (const claim of group) alone.push(await run([claim]))
    return Object.assign({}, ...alone)
  }

  function start(group: readonly Claim[]) {
    const running = queue.then(() => run(group))
    queue = running
    for (const { id } of group)
      known.set(
        id,
        running.then((found) => found[id] ?? noResult),
      )
  }

  return {
    async result(id) {
      const claim = claims.find((each) => each.id === id)
      if (!claim) throw new Error(`there is no claim ${id}`)
      if (!known.has(id)) start(claim.waits ? claims.filter(({ waits }) => waits) : [claim])
      return (await known.get(id)) ?? noResult
    },
    behind: async () => (await adapterProcess()).behind,
    async end() {
      await queue
      await leave()
    },
  }
}

/** Why there is no store to try. */
export function troubleOf(error: unknown): Words {
  const { message } = error as Error
  return error instanceof Unusable ? error.words : { ja: message, en: message }
}

const noResult = cannotTell({ ja: '結果がない', en: 'there is no result' })
const outOfTime = cannotTell({
  ja: '時間切れで調べていない',
  en: 'not tried: the time for this store was up',
})
const endsProcess = (how: string) =>
  no(
    { ja: `プロセスが終わった: ${how}`, en: `the process went: it ${how.replace(/^it /, '')}` },
    { process: how },
  )
