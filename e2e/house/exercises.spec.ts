import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { expect } from 'playwright/test'
import { root } from '../../common/places.ts'
import { languages } from '../../common/words.ts'
import type { ObservedTest } from '../../docs-site/results/results.ts'
import { exercises, findExercise, nameOf, notExercises } from '../../lab/exercises/catalogue.ts'
import { hintsOf, variantText } from '../../lab/exercises/hints.ts'
import {
  begin,
  fileOf,
  isBegun,
  keepProgress,
  mended,
  progressOf,
  restart,
} from '../../lab/exercises/workspace.ts'
import { writtenHints } from '../../lab/exercises/written-hints.ts'
import { findVariant, readScenario } from '../../lab/scenarios/scenarios.ts'
import { sentences } from '../../statements/index.ts'
import { exerciseFaults } from '../support/exercise-faults.ts'
import { overflow, show, test, violations } from '../support/look.ts'

function exerciseCalled(name: string) {
  const found = findExercise(name)
  if (!found) throw new Error(`no exercise ${name}`)
  return found
}

const cookieOnly = exerciseCalled('counter/cookie-only')

/** This process as that of a learner who has an empty folder. */
test.beforeEach(({ temporary }) => {
  process.env['LAB_EXERCISES'] = temporary
})
test.afterEach(() => {
  delete process.env['LAB_EXERCISES']
})

test('there are at least 40 exercises, each once, with a solution, claims of the catalogue and three hints', () => {
  expect(exercises.length).toBeGreaterThanOrEqual(40)
  expect(new Set(exercises.map(nameOf)).size).toBe(exercises.length)
  const ids: readonly string[] = sentences.map(({ id }) => id)
  for (const exercise of exercises) {
    const { slug, solution, claims } = exercise
    expect(existsSync(join(root, `apps/${slug}/${solution}.ts`)), nameOf(exercise)).toBe(true)
    expect(ids, nameOf(exercise)).toEqual(expect.arrayContaining([...claims]))
    for (const language of languages) {
      const words = hintsOf(exercise).map((hint) => hint[language] + (hint.code ?? ''))
      expect(new Set(words).size, `${nameOf(exercise)}: ${words.join(' / ')}`).toBe(3)
      expect(words.every((each) => each.length > 10)).toBe(true)
    }
  }
  expect(Object.keys(writtenHints).filter((name) => !findExercise(name))).toEqual([])
  for (const { ja, en } of Object.values(notExercises)) expect(ja && en).toBeTruthy()
})

test('every copy compiles where it lies, does not say what is wrong, and is its counter-example when nothing was mended', async ({
  temporary,
}) => {
  for (const exercise of exercises) {
    expect(begin(exercise)).toBe(true)
    expect(mended(exercise), nameOf(exercise)).toBe(variantText(exercise.slug, exercise.variant))
    const { note } = findVariant(readScenario(exercise.slug), exercise.variant)
    expect(readFileSync(join(root, fileOf(exercise)), 'utf8')).not.toContain(note.ja)
  }
  const entryPoints = exercises.map((exercise) => join(root, fileOf(exercise)))
  const { errors } = await build({
    ...{ entryPoints, outdir: temporary, bundle: true, write: false },
    ...{ packages: 'external', platform: 'node', format: 'esm', logLevel: 'silent' },
  })
  expect(errors).toEqual([])
})

test('what a learner has written is never overwritten, and beginning again keeps it beside', () => {
  begin(cookieOnly)
  const path = join(root, fileOf(cookieOnly))
  writeFileSync(path, '// mine\n')
  expect(begin(cookieOnly)).toBe(false)
  expect(readFileSync(path, 'utf8')).toBe('// mine\n')
  restart(cookieOnly)
  expect(readFileSync(path, 'utf8')).toContain('clearCookie')
  writeFileSync(path, '// mine, too\n')
  restart(cookieOnly)
  expect(readFileSync(`${path}.old`, 'utf8')).toBe('// mine\n')
  expect(readFileSync(`${path}.old-2`, 'utf8')).toBe('// mine, too\n')
})

test('how far a learner is stays, and one exercise knows nothing of another', () => {
  expect(progressOf(cookieOnly)).toEqual({ isSolved: false, hints: 0 })
  keepProgress(cookieOnly, { hints: 2 })
  keepProgress(cookieOnly, { isSolved: true })
  expect(progressOf(cookieOnly)).toEqual({ isSolved: true, hints: 2 })
  expect(progressOf(exerciseCalled('genid/default'))).toEqual({ isSolved: false, hints: 0 })
  writeFileSync(join(process.env['LAB_EXERCISES'] ?? '', 'progress.json'), '{')
  expect(() => progressOf(cookieOnly)).toThrow(/progress\.json.*[ぁ-ん]/s)
})

test('the lab runs a learner’s file as a variant of its scenario, once there is one', () => {
  const run = () => findVariant(readScenario('counter'), 'exercise:cookie-only')
  expect(isBegun(cookieOnly)).toBe(false)
  expect(run).toThrow('exercise:cookie-only')
  begin(cookieOnly)
  expect(run().file).toBe(fileOf(cookieOnly))
  expect(run()).toBe(run()) // the lab tells variants apart by identity
})

test.describe('a whole run is red for', () => {
  const observed = (role: ObservedTest['role'], variant: string): ObservedTest => ({
    ...{ ids: ['name.x'], role, app: { kind: 'file', scenario: 'counter', variant }, verdict: 'holds' },
    ...{ title: 'it is so', file: 'e2e/x.spec.ts', line: 1 },
    ...{ source: { file: 'e2e/x.spec.ts', line: 1, lastLine: 2 }, status: 'passed' },
    ...{ message: '', duration: 1, evidence: [] },
  })
  const pair = [observed('proof', 'app'), observed('counter-example', 'x')]
  const exercise = { slug: 'counter', variant: 'x', solution: 'app', claims: ['name.x'] } as never

  test('nothing when exercises and counter-examples agree', () => {
    expect(exerciseFaults(pair, [exercise], {})).toEqual([])
    expect(exerciseFaults(pair, [], { 'counter/x': {} })).toEqual([])
  })

  for (const [what, catalogue, left, said] of [
    ['a counter-example that is neither an exercise nor left out for a reason', [], {}, 'is no exercise'],
    ['one that is both', [exercise], { 'counter/x': {} }, 'and is one'],
    ['a reason for one that is no counter-example', [exercise], { 'counter/y': {} }, 'no counter-example'],
    [
      'a claim that its solution does not mend',
      [{ ...(exercise as object), solution: 'z' } as never],
      {},
      'counter/z mends',
    ],
  ] as const) {
    test(what, () => {
      expect(exerciseFaults(pair, catalogue, left).join()).toContain(said)
    })
  }
})

test.describe('on the page of an exercise', () => {
  test.use({ app: 'genid' })
  const name = 'genid/default'
  const home = '/__lab/exercises/default'

  test('red by the assertion as long as nothing is mended, then green in the terminal', async ({
    request,
    demo,
    run,
    temporary,
  }) => {
    test.setTimeout(120_000) // two checks, each of them a run of its own
    const post = (action: string) =>
      request.post(`${home}/${action}`, { headers: { origin: demo.url.slice(0, -1) }, timeout: 40_000 })
    const claim = '例: UUID をセッションIDに使う。'
    expect(await (await request.get('/__lab/')).text()).toContain(`href="${home}"`)
    expect(await (await post('begin')).text()).toContain(claim)
    const path = join(temporary, `${name}.ts`)
    expect(demo.lab.variant().file).toBe(fileOf(exerciseCalled(name)))

    const red = await (await post('check')).text()
    expect(red).toMatch(/class="card is-fails"/)
    expect(red).toContain('expect(received).toMatch(expected)')
    expect(progressOf(exerciseCalled(name)).isSolved).toBe(false)

    const importing = "import { randomUUID } from 'node:crypto'\n"
    const text = readFileSync(path, 'utf8').replace('session({', 'session({ genid: () => randomUUID(),')
    writeFileSync(path, importing + text)
    const command = await run(['lab/cli/run.mjs', 'lab/cli/exercise.ts', name], {
      env: { LAB_EXERCISES: temporary },
    })
    expect(await command.ended, command.output()).toBe(0)
    expect(command.output()).toContain(`✓ ${claim}`)
    expect(command.output()).not.toContain('✗')
    const solved = await (await request.get('/__lab/')).text()
    expect(solved.split(`href="${home}"`)).toHaveLength(1 + 2) // beside the code, and as that which runs
    expect(solved).toMatch(/href="\/__lab\/exercises\/default"[^>]*>[^<]*<\/a> <span class="fine">✓/)
  })

  test('hints open one by one, the solution after the third, and it passes axe in 320 px', async ({
    warmPage,
    request,
    demo,
  }) => {
    const headers = { origin: demo.url.slice(0, -1) }
    const solution = 'genid: () =&gt; randomUUID(), // use UUIDs for session IDs</ins>'
    const hintsIn = (html: string) =>
      html.split('<ol class="hints">')[1]?.split('</ol>')[0]?.split('<li>').length
    let html = await (await request.get(`${home}?lang=en`)).text()
    for (const opened of [0, 1, 2, 3]) {
      expect(hintsIn(html)).toBe(opened + 1)
      expect(html.includes(solution.replace('</ins>', '')) && html.includes('<ins>'), `${opened}`).toBe(
        opened === 3,
      )
      if (opened < 3) html = await (await request.post(`${home}/hint?lang=en`, { headers })).text()
    }
    // to the neighbours; after the last one, to the next lesson
    expect(html).toContain('<a rel="prev" href="/__lab/exercises/async?lang=en">async</a>')
    expect(html).toContain('<a rel="next" href="/__lab/exercises/per-browser?lang=en">per-browser</a>')
    Object.assign(demo.lab, { indexUrl: 'http://localhost:1/' })
    const last = await (await request.get('/__lab/exercises/per-browser?lang=en')).text()
    expect(last).toMatch(/<a rel="next" href="http:\/\/localhost:1\/go\/(?!genid)[\w-]+\?lang=en">/)
    await show(warmPage, html, demo.url)
    expect(await violations(warmPage)).toEqual([])
    expect(await overflow(warmPage)).toBe(0)
  })

  for (const [method, path] of [
    ['get', '/__lab/exercises/none'],
    ['get', '/__lab/exercises/none/state'],
    ['post', '/__lab/exercises/default/constructor'],
  ] as const) {
    test(`${method} ${path} is not found`, async ({ request, demo }) => {
      const headers = { origin: demo.url.slice(0, -1) }
      expect((await request[method](path, { headers })).status()).toBe(404)
    })
  }
})
