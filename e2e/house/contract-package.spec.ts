import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../common/places.ts'
import { claims } from '../../packages/store-contract/src/claims.ts'
import { readArguments } from '../../packages/store-contract/src/cli/arguments.ts'
import { contractFiles, contractPage } from '../../packages/store-contract/src/contract-page.ts'
import { languageOf } from '../../packages/store-contract/src/language.ts'
import { loadAdapter, Unusable } from '../../packages/store-contract/src/load.ts'
import { steps } from '../../packages/store-contract/src/steps/en.ts'
import { stepsOf } from '../../packages/store-contract/src/steps/index.ts'
import { installedFolder } from '../support/installed.ts'
import { expect, test } from '../support/worker.ts'

/** A module as its author writes it, in the folder where the package is installed. */
function author(name: string, source: string): string {
  const folder = join(installedFolder('store-contract'), 'own')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), source)
  return folder
}

const store = (change = '') => `
const { Store } = require('express-session')
class OwnStore extends Store {
  rows = new Map()
  get(sid, answer) { const row = this.rows.get(sid); setImmediate(answer, null, row && JSON.parse(row)) }
  set(sid, session, answer) { this.rows.set(sid, JSON.stringify(session)); setImmediate(answer, null) }
  destroy(sid, answer) { this.rows.delete(sid); setImmediate(answer, null) }
  ${change}
}
exports.createStore = () => new OwnStore()
`

interface Ended {
  code: number
  out: string
  error: string
}

/** Runs Node. */
function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const { NODE_OPTIONS, TEST_WORKER_INDEX, ...own } = process.env
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, env: { ...own, ...env } }, (failed, out, error) => {
      resolve({ code: Number(failed?.code ?? 0), out, error })
    })
  })
}

/** Runs the command as npx does. */
const command = (cwd: string, args: readonly string[], locale = 'en_US.UTF-8') =>
  run(['../node_modules/express-session-store-contract/dist/cli.mjs', ...args], cwd, { LC_ALL: locale })

test('installed from what is published, the command tells the author of a store what holds and what does not', async () => {
  const broken = 'destroy(sid, answer) { this.rows.clear(); setImmediate(answer, null) }'
  const cwd = author('clears.cjs', store(broken))
  const only = ['--only', 'data.destroy', '--only', 'data.set-get', '--only', 'optional.all']
  const [inWords, excused] = await Promise.all([
    command(cwd, ['clears.cjs', ...only], 'ja_JP.UTF-8'),
    command(cwd, ['clears.cjs', ...only, '--json', '--but', 'data.destroy=one visitor only']),
  ])
  expect(inWords.out).toMatch(/✓ 成り立つ +data\.set-get +setしたものがgetで返る/)
  expect(inWords.out).toMatch(
    /✕ 成り立たない +data\.destroy .*\n +→ ほかのセッションも消えた\n +→ 確かめかた: セッションを2つset/,
  )
  expect(inWords.out).toMatch(/– ない +optional\.all/)
  expect(inWords.code, inWords.error).toBe(1)
  const { results } = JSON.parse(excused.out) as { results: { id: string; standing: string }[] }
  expect(results.map(({ id, standing }) => `${id} ${standing}`)).toEqual([
    'data.set-get holds',
    'data.destroy excused',
    'optional.all not-offered',
  ])
  expect(excused.code, excused.error).toBe(0)
})

test('what is excused and holds after all fails, and a module without a store is told of in words', async () => {
  const cwd = author('right.cjs', store())
  author('nothing.mjs', 'export const answer = 42')
  const [stale, nothing] = await Promise.all([
    command(cwd, ['right.cjs', '--only', 'data.set-get', '--but', 'data.set-get=not yet']),
    command(cwd, ['nothing.mjs']),
  ])
  expect(stale.out).toContain('take --but data.set-get away')
  expect(stale.code).toBe(1)
  expect(nothing.error).toMatch(
    /^express-session-store-contract: cannot be tried: the module exports nothing/,
  )
  expect([nothing.code, nothing.out]).toEqual([2, ''])
})

test('the command says in words which argument it does not understand', () => {
  const cwd = import.meta.dirname
  const file = 'contract-package.spec.ts'
  const trouble = (...given: string[]) => {
    try {
      readArguments(given, cwd)
      return undefined
    } catch (error) {
      return error instanceof Unusable ? error.words : error
    }
  }
  expect(trouble()).toMatchObject({ en: expect.stringMatching(/^no module is named/) })
  expect(trouble('missing.js')).toMatchObject({ ja: expect.stringMatching(/missing\.js がありません$/) })
  expect(trouble(file, file)).toMatchObject({ en: expect.stringMatching(/^one module at a time/) })
  expect(trouble(file, '--butt')).toMatchObject({ en: expect.stringContaining('--butt') })
  expect(trouble(file, '--but', 'data.set=x')).toMatchObject({
    en: expect.stringMatching(/^there is no sentence data\.set\. There are shape\.store, /),
  })
  expect(trouble(file, '--but', 'data.text')).toMatchObject({ en: expect.stringContaining('has no reason') })
  expect(trouble(file, '--only', 'tuch')).toMatchObject({ en: expect.stringContaining('no sentence tuch') })
  const order = readArguments([file, '--only', 'sid', '--but', 'sid.case=a=b', '--export', 'x'], cwd)
  expect(order?.claims.map(({ id }) => id.split('.')[0])).toEqual(Array(6).fill('sid'))
  expect(order).toMatchObject({ but: { 'sid.case': 'a=b' }, from: { export: 'x' }, json: false })
})

test.describe('a module', () => {
  const load = async (source: string, name?: string) => {
    const url = `data:text/javascript,${encodeURIComponent(source)}`
    const create = await loadAdapter({ url, ...(name && { export: name }) })
    const { open } = await create({ folder: 'anywhere' })
    return async () => (await open((await import('express-session')).default)).store
  }
  const words = (source: string, name?: string) =>
    load(source, name).catch((error: unknown) => (error instanceof Unusable ? error.words.en : error))
  const own = `class Own { n = ++globalThis.opened; get() {} set() {} destroy() {} };globalThis.opened = 0;`

  test('makes a store in any of the usual ways, anew for each time that it is opened', async () => {
    for (const [source, second] of [
      [`export const createStore = () => new Own()`, 2],
      [`export default async ({ session, folder }) => session && folder && new Own()`, 2],
      [`export default { createStore: () => ({ store: new Own() }) }`, 2],
      [`export { Own as default }`, 2],
      [`export default new Own()`, 1],
      [`export const createAdapter = () => ({ open: () => ({ store: new Own() }) })`, 2],
    ] as const) {
      const open = await load(own + source)
      expect(await open(), source).toMatchObject({ n: 1 })
      expect(await open(), source).toMatchObject({ n: second })
    }
    expect(await (await load(`${own}export const mine = () => new Own()`, 'mine'))()).toMatchObject({ n: 1 })
  })

  test('that makes none is told of in words', async () => {
    expect(await words('throw new Error("no licence")')).toBe('the module cannot be loaded: no licence')
    expect(await words('import "no-such-package"')).toMatch(/cannot be loaded: .*no-such-package/)
    expect(await words('export const answer = 42')).toMatch(/^the module exports nothing that makes a store/)
    expect(await words('export const createStore = () => {}', 'store')).toContain('no function "store"')
    expect(await words('export const createStore = () => { throw new Error("no file") }')).toBe(
      'createStore threw: no file',
    )
    expect(await words('export default () => 42')).toMatch(/^default makes no store: it gave number/)
  })
})

test('testStore makes a test of each sentence, with node:test and with Playwright', async () => {
  const cwd = author('tested.cjs', store('clear(answer) { setImmediate(answer, null) }'))
  const source = (runner: string, but: Record<string, string>) => `
import { test } from '${runner}'
import { testStore } from 'express-session-store-contract'
testStore(test, {
  module: new URL('./tested.cjs', import.meta.url),
  only: ['data.set-get', 'touch.offered', 'optional.clear'],
  but: ${JSON.stringify(but)},
  language: 'en',
})`
  author('own.test.mjs', source('node:test', { 'data.set-get': 'not yet' }))
  author('own.spec.mjs', source('playwright/test', {}))
  const playwright = join(cwd, '../node_modules/playwright/cli.js')
  const [plain, inPlaywright] = await Promise.all([
    run(['--test-reporter=tap', 'own.test.mjs'], cwd),
    run([playwright, 'test', '--reporter=json', '--workers=1', 'own.spec.mjs'], cwd),
  ])
  const tapLines = [...plain.out.matchAll(/^((?:not )?ok) \d+ - (.*?)( # SKIP.*)?$/gm)]
  expect(tapLines.map(([, ok, title, skipped]) => `${skipped ? 'skipped' : ok} ${title}`)).toEqual([
    'not ok get gives what set was given (not yet)',
    'skipped it has touch',
    'not ok clear removes all sessions',
  ])
  expect(plain.out).toContain('take data.set-get out of but')
  expect(plain.out).toContain('optional.clear: get still hands them out')
  const { suites } = JSON.parse(inPlaywright.out) as { suites: [{ suites: [{ specs: readonly Spec[] }] }] }
  expect(suites[0].suites[0].specs.map(({ title, tests: [{ status }] }) => `${status} ${title}`)).toEqual([
    'expected get gives what set was given',
    'skipped it has touch',
    'unexpected clear removes all sessions', // the last: after it Playwright begins a worker anew
  ])
})

interface Spec {
  title: string
  tests: [{ status: string }]
}

test('the command speaks the language of the locale', () => {
  expect(languageOf({ LANG: 'ja_JP.UTF-8' })).toBe('ja')
  expect(languageOf({ LANG: 'ja_JP.UTF-8', LC_ALL: 'C' })).toBe('en')
  expect(languageOf({})).toBe('en')
})

test('CONTRACT.md is what the sentences say, in both languages', () => {
  for (const language of ['ja', 'en'] as const) {
    const file = join(root, 'packages/store-contract', contractFiles[language])
    const again = 'npm run contract -w packages/store-contract'
    expect(readFileSync(file, 'utf8'), again).toBe(contractPage(language))
  }
})

test('each sentence says how it is tried, in both languages, and nothing else does', () => {
  expect(Object.keys(steps)).toEqual(claims.map(({ id }) => id))
  for (const claim of claims) expect(stepsOf(claim).ja, claim.id).toMatch(/[ぁ-ん].*。$/)
})
