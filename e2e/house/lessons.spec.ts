import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../common/places.ts'
import { type Lesson, readLesson } from '../../lab/scenarios/lesson.ts'
import { readMeasured } from '../../lab/scenarios/measured.ts'
import { readScenario, slugs } from '../../lab/scenarios/scenarios.ts'
import { excerpt } from '../../lab/scenarios/source.ts'
import { toldBefore } from '../support/told-before.ts'
import { expect, test } from '../support/worker.ts'

const place = {
  app: 'http://localhost:4000/',
  second: 'http://localhost:4001/',
  tls: 'https://localhost:4443/',
  secondTls: 'https://localhost:4444/',
}
const languages = ['ja', 'en'] as const
const textOf = (slug: string, language: string) =>
  readFileSync(join(root, 'lessons', language, `${slug}.md`), 'utf8')

/** What both languages of a lesson have to have in common: its steps, and of each question all but the words. */
const shapeOf = ({ steps }: Lesson) =>
  steps.map(({ questions }) =>
    questions.map(({ id, number, choices, measured }) => ({
      ...{ id, number, measured },
      choices: choices.map(({ value, isRight }) => ({ value, isRight })),
    })),
  )

/** The buttons of a lesson, in their order. */
const buttonsOf = (slug: string, language: string) =>
  [...textOf(slug, language).matchAll(/\]\(do:([^)]*)\)/g)].map(([, action]) => action)

for (const slug of slugs()) {
  test(`the lesson of ${slug} has the same steps, questions and buttons in both languages, in at most 80 lines`, () => {
    const [ja, en] = languages.map((language) => readLesson(slug, { ...place, language }))
    expect(ja && shapeOf(ja)).toEqual(en && shapeOf(en))
    expect(new Set(buttonsOf(slug, 'ja'))).toEqual(new Set(buttonsOf(slug, 'en')))
    for (const language of languages) {
      expect(textOf(slug, language).trimEnd().split('\n').length, language).toBeLessThanOrEqual(80)
      expect(textOf(slug, language), language).not.toMatch(/(?:localhost|127\.0\.0\.1):\d/)
    }
    const asked = ja?.steps.flatMap(({ questions }) => questions) ?? []
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.filter(({ number, choices }) => number === undefined && choices.length < 2)).toEqual([])
  })

  test(`the code that the lesson of ${slug} shows is there`, () => {
    for (const language of languages) {
      const shown = textOf(slug, language).matchAll(/^\[[^\]]*\]\(\.\.\/\.\.\/(\S+)(?: "(.*)")?\)$/gm)
      for (const [, file = '', start = ''] of shown)
        expect(excerpt(readFileSync(join(root, file), 'utf8'), start), `${file} ${start}`).toBeDefined()
    }
  })

  test(`every variant that the lesson of ${slug} switches to or measures is there`, () => {
    const known = readScenario(slug).variants.map(({ name }) => name)
    const wanted = buttonsOf(slug, 'ja').flatMap((action = '') => /^variant=(.+)/.exec(action)?.[1] ?? [])
    const questions = readLesson(slug, { ...place, language: 'ja' }).steps.flatMap((step) => step.questions)
    const measured = questions.flatMap(
      ({ measured }) => (measured && 'of' in measured && measured.of?.variant) || [],
    )
    expect([...wanted, ...measured].filter((name) => !known.includes(name))).toEqual([])
  })
}

test('what stands before a question does not answer it', () => {
  const early = slugs().flatMap((slug) =>
    languages.flatMap((language) =>
      toldBefore(readLesson(slug, { ...place, language })).map((told) => `${slug}, ${language}: ${told}`),
    ),
  )
  expect(early, 'say it behind the question, or ask').toEqual([])
})

test('pictures: two clocks after their questions, from cookie to row at the start, in colours that follow the page', () => {
  for (const language of languages) {
    const [, rowFirst, cookieFirst] = readLesson('two-clocks', { ...place, language }).steps
    for (const step of [rowFirst, cookieFirst]) {
      expect(step?.answer.html).toMatch(/<svg class="picture"[^>]* aria-label="[^"]+"/)
      expect(step?.answer.html).not.toMatch(/<(?:svg|g|rect|path|text)[^>]* (?:fill|stroke|style)=/)
      expect(`${step?.before.html}${step?.doing.html}`).not.toContain('<svg')
    }
  }
  for (const slug of ['counter', 'session-methods'])
    for (const language of languages)
      expect(readLesson(slug, { ...place, language }).steps[0]?.before.html, slug).toContain(
        'class="picture"',
      )
  const css = readFileSync(join(root, 'lab/pages/assets/lesson.css'), 'utf8')
  const colours = [...css.matchAll(/^\.picture[^{]*\{[^}]*\}/gm)].flatMap(([rule]) =>
    [...rule.matchAll(/(?:fill|stroke|color): ([^;]+);/g)].map(([, colour]) => colour),
  )
  expect(colours).not.toEqual([])
  expect(colours.filter((colour = '') => !/^(?:var\(--[\w-]+\)|currentcolor|none)$/i.test(colour))).toEqual(
    [],
  )
})

test('what is measured is one of the vocabulary', () => {
  const text = 'every data.views./foo of first GET second:/foo?x=1 after POST /login in no-save'
  expect(readMeasured(text)).toEqual({
    what: 'fact',
    fact: { what: 'data', name: 'views./foo' },
    isOfEvery: true,
    of: {
      request: { method: 'GET', from: 'second', path: '/foo?x=1' },
      nth: 1,
      after: { method: 'POST', from: undefined, path: '/login' },
      variant: 'no-save',
    },
  })
  expect(readMeasured('rows with user in second')).toEqual({ what: 'rows', having: 'user', site: 'second' })
  expect(readMeasured('count set-cookie')).toEqual({ what: 'count', counted: 'set-cookie', of: undefined })
  for (const nothing of [
    ...['colour of /', 'status', 'status of login', 'count cats', 'rows of /', 'shown', 'has of /'],
    ...['kept data.note of /', 'status of third:/', 'every of /'],
  ])
    expect(() => readMeasured(nothing), nothing).toThrow('there is nothing to measure')
})
