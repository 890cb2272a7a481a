import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../common/places.ts'
import { type Language, languages } from '../../common/words.ts'
import { chapters, exercisesIn, lessons, minutesOf } from '../../lab/course/course.ts'
import { plans, stepsOf } from '../../lab/course/plans.ts'
import { nameOf } from '../../lab/exercises/catalogue.ts'
import { writtenHints } from '../../lab/exercises/written-hints.ts'
import { listen } from '../../lab/http/listen.ts'
import { courseNav } from '../../lab/pages/course-view.ts'
import { openIndex } from '../../lab/pages/index-page.ts'
import { instructorView } from '../../lab/pages/instructor-view.ts'
import { mapView } from '../../lab/pages/map-view.ts'
import { readScenario, slugs } from '../../lab/scenarios/scenarios.ts'
import { expect } from '../support/fixtures.ts'
import { overflow, show, test, violations } from '../support/look.ts'

test('the path of the course reaches every scenario once', () => {
  expect(lessons.map(({ slug }) => slug).sort()).toEqual(slugs().sort())
  expect(chapters).toHaveLength(6)
})

test('ten exercises belong to the course, each to the lesson of its scenario, with hints that somebody wrote', () => {
  const all = lessons.flatMap((lesson) => exercisesIn(lesson).map((exercise) => ({ lesson, exercise })))
  expect(all).toHaveLength(10)
  expect(lessons.flatMap(({ exercises = [] }) => exercises)).toEqual(
    all.map(({ exercise }) => nameOf(exercise)),
  )
  for (const { lesson, exercise } of all) {
    expect(exercise.slug).toBe(lesson.slug)
    expect(Object.keys(writtenHints)).toContain(nameOf(exercise))
  }
})

test('minutes are whole, and a chapter takes those of its lessons and exercises', () => {
  for (const { minutes } of lessons)
    expect(Number.isInteger(minutes) && minutes >= 5 && minutes <= 30).toBe(true)
  const counted = chapters.map((chapter) => minutesOf(chapter.lessons)).reduce((sum, each) => sum + each, 0)
  expect(minutesOf(lessons)).toBe(counted)
  expect(counted).toBe(lessons.reduce((sum, { minutes }) => sum + minutes, 0) + 10 * 10)
})

for (const plan of plans) {
  test(`the parts of the plan of ${plan.minutes} minutes add up to it, and follow the course`, () => {
    const steps = stepsOf(plan)
    const end = steps.at(-1)
    expect((end?.at ?? 0) + (end?.minutes ?? 0)).toBe(plan.minutes)
    const places = plan.parts.flatMap((part) =>
      'lesson' in part ? [lessons.findIndex(({ slug }) => slug === part.lesson)] : [],
    )
    expect(places).not.toContain(-1)
    const before: string[] = []
    for (const part of plan.parts) {
      if ('lesson' in part) before.push(part.lesson)
      if ('exercise' in part) expect(before, part.exercise).toContain(part.exercise.split('/')[0])
    }
  })

  test(`the plan of ${plan.minutes} minutes can be begun at any of its parts`, () => {
    for (const [from, part] of plan.parts.entries()) {
      const [first, ...rest] = stepsOf(plan, from)
      expect(first).toMatchObject({ part, at: 0 })
      expect(rest).toHaveLength(plan.parts.length - from - 1)
    }
  })
}

test('the page of the instructor begins a plan where it is asked to, and anywhere else at its beginning', () => {
  const at = (query: { plan?: unknown; from?: unknown }) =>
    instructorView('en', query).plans.map(({ startsAt, total, toldFirst }) => ({
      startsAt,
      total,
      told: toldFirst.length,
    }))
  const whole = plans.map(({ minutes }) => ({ startsAt: undefined, total: minutes, told: 0 }))
  const login = readScenario('login').title.en
  expect(at({})).toEqual(whole)
  expect(at({ plan: '90', from: '3' })).toEqual([whole[0], { startsAt: login, total: 55, told: 1 }, whole[2]])
  for (const from of ['-1', '99', '1.5', 'x', ['1', '2']])
    expect(at({ plan: '90', from }), `${from}`).toEqual(whole)
})

test('a lesson leads to its exercises of the course, also where it runs alone', () => {
  expect(courseNav('login', 'en', undefined)?.exercises.map(({ url }) => url)).toEqual([
    '/__lab/exercises/no-regenerate?lang=en',
    '/__lab/exercises/clear-cookie?lang=en',
  ])
  expect(courseNav('views', 'ja', undefined)?.exercises).toEqual([])
})

test('all that the map shows is a lesson of the course', () => {
  const numbers = (language: Language) => {
    const { stations, effects } = mapView(language)
    return [...stations, ...effects].map(({ number }) => number)
  }
  for (const language of languages) expect(numbers(language)).not.toContain(undefined)
})

test.describe('the index', () => {
  test.use({ app: 'views' })
  const title = (slug: string) => readScenario(slug).title.en

  test('keeps marks in the browser and not in a cookie, and leads on from lesson to lesson', async ({
    page,
    context,
    demo,
  }) => {
    const index = openIndex()
    index.add({ ...demo.lab, indexUrl: 'http://localhost:1/' })
    const listening = await listen(index.handler, 0)
    const home = `http://localhost:${listening?.port}/`
    await page.goto(`${home}done/counter?lang=en`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title('views')) // the next lesson
    expect(page.url()).toContain('lang=en')

    await page.goto(`${home}?lang=en`)
    const done = (slug: string) => page.getByRole('checkbox', { name: `done: ${title(slug)}` })
    await expect(done('counter')).toBeChecked()
    await expect(page.getByRole('region', { name: 'Go on' }).getByRole('link')).toHaveText(
      `2. ${title('views')}`,
    )
    await done('views').check()
    await expect(page.getByText(`2 of ${lessons.length} done`)).toBeVisible()
    await page.reload()
    await expect(done('views')).toBeChecked()
    await expect(page.getByRole('region', { name: 'Go on' }).getByRole('link')).toHaveText(
      `3. ${title('welcome')}`,
    )
    expect((await context.cookies()).map(({ name }) => name)).toEqual(['views.sid']) // of the demo

    await page.getByRole('button', { name: 'Forget the marks' }).click()
    await expect(page.getByRole('region', { name: 'Begin here' })).toBeVisible()
    await listening?.close()
  })

  test('knows no scenario that does not run, and sends to the port of one that does, under the same host', async ({
    request,
    demo,
  }) => {
    const index = openIndex()
    index.add(demo.lab)
    const listening = await listen(index.handler, 0)
    const ask = (path: string) =>
      request.get(`http://127.0.0.1:${listening?.port}${path}`, { maxRedirects: 0 })
    const { port } = new URL(demo.url)
    expect((await ask('/go/views?lang=en')).headers()['location']).toBe(
      `http://127.0.0.1:${port}/__lab/?lang=en`,
    )
    expect((await ask('/go/views/exercises/one-count')).headers()['location']).toBe(
      `http://127.0.0.1:${port}/__lab/exercises/one-count`,
    )
    for (const path of ['/go/counter', '/go/constructor', '/done/constructor'])
      expect((await ask(path)).status(), path).toBe(404)
    await listening?.close()
  })

  test('tells of cookies that other apps have left on the host, by their names, and of no others', async ({
    request,
  }) => {
    const listening = await listen(openIndex().handler, 0)
    const index = async (cookie: string) =>
      (await request.get(`http://localhost:${listening?.port}/?lang=en`, { headers: { cookie } })).text()
    expect(await index('')).toMatch(/<form class="find" role="search" action="\/__lab\/search".*?name="q"/s)
    expect(await index('')).toContain('href="/__lab/troubles?lang=en"')
    const shown = await index('views.sid=1; theme=dark; <blink>=1')
    expect(shown).toContain('<code>theme</code>')
    expect(shown).not.toContain('<code>views.sid</code>')
    expect(shown).not.toContain('<blink>')
    expect(shown).toContain(`href="http://127.0.0.1:${listening?.port}/?lang=en"`)
    expect(await index('views.sid=1')).not.toContain('strangers')
    await listening?.close()
  })

  test('axe finds nothing on the instructor’s page and the map, dark and light, and they fit into 320 px', async ({
    warmPage,
    request,
  }) => {
    const listening = await listen(openIndex().handler, 0)
    for (const [path, colorScheme] of [
      ['instructor?plan=180&from=6', 'dark'],
      ['instructor?lang=en', 'light'],
      ['map?lang=en', 'dark'],
      ['map', 'light'],
    ] as const) {
      await warmPage.emulateMedia({ colorScheme })
      const response = await request.get(`http://localhost:${listening?.port}/${path}`)
      await show(warmPage, await response.text(), response.url())
      expect(await violations(warmPage), path).toEqual([])
      expect(await overflow(warmPage), path).toBe(0)
    }
    await listening?.close()
  })

  test('the map of the subject is one sheet of A4, in either language', async ({ page }) => {
    const listening = await listen(openIndex().handler, 0)
    for (const language of languages) {
      await page.goto(`http://localhost:${listening?.port}/map?lang=${language}`)
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
      expect(pdf.match(/\/Type\s*\/Page\b/g), language).toHaveLength(1)
      expect(pdf, language).toMatch(/\/MediaBox \[0 0 841\.\d+ 59[45]\.\d+\]/) // landscape, in points
    }
    await listening?.close()
  })

  test('a lab page that runs alone says with which command the next lesson begins', async ({ request }) => {
    const page = await (await request.get('/__lab/')).text()
    expect(page).toContain('<code>npm run demo:counter</code>')
    expect(page).toContain('<code>npm run demo:welcome</code>')
  })
})

test('a language that was chosen stays chosen, and not in a cookie', async ({ page, context }) => {
  const listening = await listen(openIndex().handler, 0)
  const opened = async () => {
    await page.goto(`http://localhost:${listening?.port}/`)
    await page.waitForLoadState()
    return page.locator('html')
  }
  await (await opened()).getByRole('link', { name: 'English' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(await opened()).toHaveAttribute('lang', 'en')
  await page.getByRole('link', { name: '日本語' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja')
  await expect(await opened()).toHaveAttribute('lang', 'ja')
  await page.goto(`http://localhost:${listening?.port}/?lang=en`) // who follows such a link has chosen, too
  await expect(await opened()).toHaveAttribute('lang', 'en')
  expect(await context.cookies()).toEqual([])
  await listening?.close()
})

test('the READMEs begin with the first minute, and the table of commands comes after the course', () => {
  for (const [file, ...headings] of [
    ['README.md', '## The first minute', '## The course', '## Scenarios'],
    ['README.ja.md', '## 最初の1分', '## コース', '## シナリオ'],
  ]) {
    const text = readFileSync(join(root, file ?? ''), 'utf8')
    expect(text.match(/^## .*/gm)?.slice(0, 3), file).toEqual(headings)
    expect(text.indexOf('| `npm run demo:'), file).toBeGreaterThan(text.indexOf(headings[1] ?? ''))
    expect(text.indexOf('npm ci && npm run demo:counter'), file).toBeLessThan(text.indexOf(headings[1] ?? ''))
  }
})
