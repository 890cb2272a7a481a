import { tmpdir } from 'node:os'
import { mock } from 'node:test'
import type { SessionData, Store } from 'express-session'
import { startLab } from '../../lab/lab.ts'
import { loadApp, readScenario, type Scenario, slugs, type Variant } from '../../lab/scenarios/scenarios.ts'
import { openAlone, type Running } from '../support/alone.ts'
import { expect, secret, test } from '../support/fixtures.ts'
import { type Answer, newVisitor, typed, type Visitor } from '../support/walk.ts'

/** In the lab. */
async function openInLab({ slug }: Scenario): Promise<Running> {
  const lab = await startLab({
    slug,
    secret: [secret],
    storeUrl: 'memory:',
    folder: tmpdir(),
    hasLabPages: true,
  })
  return {
    starts: lab.sites.map(({ url }) => url),
    stores: lab.sites.map(({ store }) => store.store),
    setVariant: lab.setVariant,
    close: lab.close,
  }
}

// some variants are about an error: what is printed of it in a hundred visits would hide the rest
test.beforeEach(() => void mock.method(console, 'error', () => {}))
test.afterEach(() => mock.restoreAll())

/**
 * These bring in visitors by the hundred and the hundred thousand, answer after seconds, or break the store; no page reads
 * what they write.
 */
const isLeftOut = (path: string) =>
  /^\/(visitors|slow|slow-and-.*|read|race|job|picture\/[2-6]|break\/.*)$/.test(path)

/** After these, there would be nothing left to take along. */
const endsSession = (path: string) =>
  /^\/(log-?out|destroy|regenerate|renew|delete|null|undefined|unset|save-first)\b/.test(path)

const usesAll = ({ starts }: Running, visitor = newVisitor()) => visitor.walk(starts, isLeftOut)
const fillsSession = ({ starts }: Running, visitor = newVisitor()) =>
  visitor.walk(starts, (path) => isLeftOut(path) || endsSession(path))

const failed = (answers: readonly Answer[]) =>
  answers.filter(({ status }) => status >= 500).map(({ target, status }) => `${target} ${status}`)

/** What fails in a variant for a session of its own: some variants are about just that. */
async function failsAnyway(running: Running): Promise<string[]> {
  const visitor = newVisitor()
  await fillsSession(running, visitor)
  return failed(await usesAll(running, visitor))
}

/** The sessions of a visitor, as they lie in the stores; gives how to bring them back there. */
async function keepSessions({ stores }: Running, visitor: Visitor): Promise<() => Promise<void>> {
  const kept: (readonly [Store, string, SessionData])[] = []
  for (const store of stores) {
    for (const sid of visitor.sids()) {
      const session = await new Promise<SessionData | null | undefined>((resolve) =>
        store.get(sid, (_error, session) => resolve(session)),
      )
      if (session) kept.push([store, sid, session])
    }
  }
  return async () => {
    for (const [store, sid, session] of kept)
      await new Promise<void>((resolve) => store.set(sid, session, () => resolve()))
  }
}

/**
 * What fails in each variant for a visitor who comes, with the session, from each of the others: to every one of them
 * with the same session, as it was before.
 */
async function switchThrough(running: Running, variants: readonly Variant[]): Promise<string[]> {
  const visits: { from: Variant; visitor: Visitor; bringBack: () => Promise<void> }[] = []
  for (const from of variants) {
    await running.setVariant(from.name)
    const visitor = newVisitor()
    await fillsSession(running, visitor)
    visits.push({ from, visitor, bringBack: await keepSessions(running, visitor) })
  }
  const faults: string[] = []
  for (const to of variants) {
    await running.setVariant(to.name)
    const anyway = await failsAnyway(running)
    const note = async ({ from, visitor, bringBack }: (typeof visits)[number]) => {
      await bringBack()
      const more = failed(await usesAll(running, visitor.copy())).filter((one) => !anyway.includes(one))
      faults.push(...more.map((one) => `${from.name} → ${to.name}: ${one}`))
    }
    await Promise.all(visits.filter(({ from }) => from !== to).map(note))
  }
  return faults
}

for (const slug of slugs()) {
  test(`${slug}: no page of a variant fails for a session that comes from another variant`, async () => {
    const scenario = readScenario(slug)
    const { processes } = await loadApp(scenario.variants[0])
    const running = await (processes ? openAlone(scenario) : openInLab(scenario))
    expect(await switchThrough(running, scenario.variants)).toEqual([])
    await running.close()
  })
}

/** Which variants of a scenario show as HTML what a visitor has typed, sent as a header, or put into a cookie. */
async function showingTyped(scenario: Scenario): Promise<string[]> {
  const running = await openAlone(scenario)
  const shown = []
  for (const { name, file } of scenario.variants) {
    await running.setVariant(name)
    const visitor = newVisitor()
    const unsigned = JSON.stringify({ note: { length: typed } })
    visitor.plant('cookie-session.data', Buffer.from(unsigned).toString('base64'))
    const starts = running.starts.flatMap((url) => [`${url}${typed}?q=${typed}`, url])
    const answers = await visitor.walk(starts, isLeftOut)
    if (answers.some(({ body }) => body.includes(typed))) shown.push(file)
  }
  await running.close()
  return shown
}

test('a variant whose pages show as HTML what a visitor typed says so, and no other one does it', async () => {
  const scenarios = slugs().map(readScenario)
  const variants = scenarios.flatMap((scenario) => scenario.variants)
  const modules = await Promise.all(variants.map(loadApp))
  const saying = variants.filter((_, n) => modules[n]?.runsVisitorScripts).map(({ file }) => file)
  expect((await Promise.all(scenarios.map(showingTyped))).flat()).toEqual(saying)
  expect(saying).toEqual(['apps/login/no-escape.ts'])
})
