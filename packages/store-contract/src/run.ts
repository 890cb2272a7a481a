import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Claim, cannotTell, type Found, no } from './claim.ts'
import { claims } from './claims.ts'
import type { SubjectModule } from './protocol.ts'
import type { Place } from './subject.ts'
import { startTalk, type Talk } from './talk.ts'

export interface Run {
  /** What a claim comes to; those that wait are run together with the first of them. */
  found(id: string): Promise<Found>
  /** What lies behind the store, with its version; null where nothing is told. Rejects when the subject cannot be made. */
  behind(): Promise<string | null>
  end(): Promise<void>
}

/**
 * The contract for one subject, in a process of its own, which is replaced when a store ends or spoils it.
 * @param budget ms for all; claims that have not begun by then are `cannot-tell`
 */
export function startRun(from: SubjectModule, place: Place, budget = Number.POSITIVE_INFINITY): Run {
  const timeUp = Date.now() + budget
  const known = new Map<string, Promise<Found>>()
  let talk: Promise<Talk> | undefined
  let started = 0 // each process has a folder of its own: a server may not start twice in the same
  let queue: Promise<unknown> = Promise.resolve()

  const talking = () => {
    if (!talk) {
      const folder = join(place.folder, String(++started))
      mkdirSync(folder)
      talk = startTalk(from, { ...place, folder })
    }
    return talk
  }
  async function leave() {
    const left = await talk?.catch(() => undefined)
    talk = undefined
    await left?.end()
  }

  async function run(group: readonly Claim[]): Promise<Readonly<Record<string, Found>>> {
    const all = (found: Found) => Object.fromEntries(group.map(({ id }) => [id, found]))
    if (Date.now() > timeUp) return all(outOfTime)
    let current: Talk
    try {
      current = await talking()
    } catch (error) {
      const { message } = error as Error
      return all(cannotTell({ ja: `用意できない: ${message}`, en: `it cannot be set up: ${message}` }))
    }
    const answer = await current.ask(group.map(({ id }) => id))
    if ('found' in answer) {
      if (answer.isSpoilt) await leave()
      return answer.found
    }
    talk = undefined
    if (group.length === 1) return all(endsProcess(answer.gone))
    // which of them was it?
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
    async found(id) {
      const claim = claims.find((each) => each.id === id)
      if (!claim) throw new Error(`there is no claim ${id}`)
      if (!known.has(id)) start(claim.waits ? claims.filter(({ waits }) => waits) : [claim])
      return (await known.get(id)) ?? noResult
    },
    behind: async () => (await talking()).behind,
    async end() {
      await queue
      await leave()
    },
  }
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
