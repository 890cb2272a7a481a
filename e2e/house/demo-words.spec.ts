import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mock } from 'node:test'
import { createRecorder } from '#inspector'
import { root } from '../../common/places.ts'
import { demoWordsOf, wordsPath } from '../../lab/demo-words.ts'
import { startLab } from '../../lab/lab.ts'
import { translator } from '../../lab/pages/assets/demo-words.js'
import { readScenario, type Scenario, slugs, type Variant } from '../../lab/scenarios/scenarios.ts'
import { sentences } from '../../statements/index.ts'
import { openAlone } from '../support/alone.ts'
import { expect, secret, test } from '../support/fixtures.ts'
import { type PageText, textsOf } from '../support/page-texts.ts'
import { newVisitor, typed } from '../support/walk.ts'

// some variants are about an error: what is printed of it in a hundred visits would hide the rest
test.beforeEach(() => void mock.method(console, 'error', () => {}))
test.afterEach(() => mock.restoreAll())

/** These bring in visitors by the hundred thousand, or break the store for good. */
const isLeftOut = (path: string) => path === '/visitors' || /^\/break\/(?!get\/fails)/.test(path)

/** These take seconds, and say the same in each variant. */
const isSlow = (path: string) => /^\/(?:slow|read|job)$/.test(path)
const hasSlow = ['other-devices', 'resave-race', 'session-methods', 'touch']

/** What no link leads to: the remarks on options that somebody has chosen. */
const chosen: Readonly<Record<string, readonly string[]>> = {
  playground: [
    'options?cookie.secure=true&cookie.maxAge=0&name=constructor&cookie.path=here',
    "options?cookie.sameSite='none'&cookie.partitioned=true&name=__Host-sid&cookie.domain=example.com&cookie.maxAge=soon",
    'options?cookie.expires=new+Date(Date.now()+%2B+60_000)&cookie.path=/elsewhere&store=&resave=&rolling=maybe',
  ],
}

/** Without the variants whose code has no text of words, or of HTML, and no page that is not in the documented app. */
function withWordsOfTheirOwn(scenario: Scenario): Scenario {
  const linesOf = ({ file }: Variant) => readFileSync(join(root, file), 'utf8').split('\n')
  const [app, ...others] = scenario.variants
  const known = new Set(linesOf(app))
  const isOwn = (line: string) => !known.has(line) && !/^\s*\/\/|^import /.test(line)
  const says = (variant: Variant) =>
    linesOf(variant).some((line) => isOwn(line) && /page\(|(['"`])(?:(?!\1).)*[ <](?:(?!\1).)*\1/i.test(line))
  return { ...scenario, variants: [app, ...others.filter(says)] }
}

/** Every page that the apps of a scenario answer with, to a visitor who comes to all of them, and comes again. */
async function pagesOf(slug: string): Promise<string[]> {
  const scenario = withWordsOfTheirOwn(readScenario(slug))
  const running = await openAlone(scenario)
  const pages = new Set<string>()
  for (const { name } of scenario.variants) {
    await running.setVariant(name)
    const skips = (path: string) =>
      isLeftOut(path) || (isSlow(path) && (name !== 'app' || !hasSlow.includes(slug)))
    const starts = running.starts.flatMap((url) => [url, ...(chosen[slug] ?? []).map((path) => url + path)])
    const visitor = newVisitor()
    const answers = await visitor.walk(starts, skips)
    const isKnown = (path: string) => isLeftOut(path) || isSlow(path)
    if (name === 'app') answers.push(...(await visitor.walk(running.starts, isKnown)))
    for (const { body } of answers) if (body.startsWith('<!doctype html>')) pages.add(body)
  }
  await running.close()
  return [...pages]
}

/** Code, addresses, and what holds what sessions and visitors bring. */
const isNoWord = ({ text, tag }: PageText) =>
  !/[a-z]{2}/i.test(text) ||
  /^(?:b|code|dd|dt|pre|q|strong|time)$/.test(tag) ||
  (tag === 'option' && text !== '(left out)') ||
  /^(?:https?:\/\/)?[\w.:]*\/\S*$/.test(text) ||
  text.includes(typed)

/** Where the Japanese of a scenario tells what to press and what is seen then. */
const tellingOf = (slug: string) => [
  readFileSync(join(root, 'lessons/ja', `${slug}.md`), 'utf8'),
  ...sentences.filter(({ scenario }) => scenario === slug).map(({ see }) => see?.ja ?? ''),
]

for (const slug of slugs()) {
  test(`the Japanese lesson and statements of ${slug} quote what the demo says there`, () => {
    const english = Object.entries(demoWordsOf(slug)).flatMap(([from, to]) => (from === to ? [] : [from]))
    const quoted = tellingOf(slug).flatMap((text) =>
      [...text.matchAll(/「([^「」]+)」/g)].map(([, one]) => one),
    )
    expect(english.filter((text) => quoted.includes(text))).toEqual([])
  })

  const tag = hasSlow.includes(slug) ? ['@waits'] : []
  test(`each text of ${slug} has its Japanese, each Japanese its text, and the code has none`, {
    tag,
  }, async () => {
    const words = demoWordsOf(slug)
    const translate = translator(words)
    const pages = await pagesOf(slug)
    const texts = pages.flatMap(textsOf)
    expect(pages.filter((html) => /[ぁ-んァ-ヶ一-龠]/.test(html))).toEqual([])
    const untold = texts.filter(
      (one) => !isNoWord(one) && translate(one.text, one.tag.toUpperCase()) === undefined,
    )
    expect(new Set(untold.map(({ text }) => text))).toEqual(new Set())
    const app = readFileSync(join(root, 'apps', slug, 'app.ts'), 'utf8')
    const isUsed = ([from, to]: [string, string]) => {
      const one = translator({ [from]: to })
      const isShown = texts.some(({ text, tag }) => one(text, tag.toUpperCase()) !== undefined)
      return isShown || app.includes(from.replace(/^<\w+>/, '')) // some a script writes, and some a form leads to
    }
    expect(Object.entries(words).filter((entry) => !isUsed(entry))).toEqual([])
  })
}

test('the script with the words is answered also where there are no lab pages: before the session, and once for each change', async ({
  temporary,
}) => {
  const recorder = createRecorder()
  const lab = await startLab({
    ...{ slug: 'views', secret: [secret], storeUrl: 'memory:', folder: temporary },
    ...{ hasLabPages: false, recorder },
  })
  const [{ url, store }] = lab.sites
  const first = await fetch(`${url}${wordsPath.slice(1)}`)
  expect([first.status, first.headers.get('set-cookie')]).toEqual([200, null])
  expect(await first.text()).toContain('このページを見たのは')
  const again = await fetch(`${url}${wordsPath.slice(1)}`, {
    headers: { 'if-none-match': first.headers.get('etag') ?? '' },
  })
  expect([again.status, await again.text()]).toEqual([304, ''])
  expect([recorder.exchanges(), await store.rows(10)]).toEqual([[], []])
  await lab.close()
})
