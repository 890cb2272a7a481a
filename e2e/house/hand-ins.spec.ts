import type { HandIn } from '../../lab/hand-in/forms.ts'
import { type HandedIn, type Room, sumUp } from '../../lab/hand-in/room.ts'
import { listen } from '../../lab/http/listen.ts'
import { openIndex } from '../../lab/pages/index-page.ts'
import { questionsIn } from '../../lab/pages/room-view.ts'
import { expect } from '../support/fixtures.ts'
import { overflow, test, violations } from '../support/look.ts'

const minute = 60_000 // ms
const noon = 1_800_000_000_000 // ms since the epoch
const [first, second] = questionsIn('counter') ?? []
const measuredAs = (place: number) => first?.choices[place]?.value ?? ''

/** No two people do something in the very same moment: a person's ms, by the name; a new one for each without. */
const persons: (string | undefined)[] = []
const momentOf = (name: string | undefined) =>
  name !== undefined && persons.includes(name) ? persons.indexOf(name) : persons.push(name) - 1

/** What one learner hands in after so many minutes of the counter, having answered its first questions. */
const handIn = (
  name: string | undefined,
  answers: Answered[],
  minutes = 10,
  begun = noon + momentOf(name),
): HandIn => ({
  format: 'express-session-lab-hand-in',
  version: 1,
  ...(name !== undefined && { name }),
  at: noon + minutes * minute,
  lessons: [
    {
      slug: 'counter',
      answers: {
        at: begun + 4 * minute,
        step: 'step-1',
        questions: Object.fromEntries(answers.map((said, n) => [`step-1-${n + 1}`, said])),
      },
      timeline: [
        { at: begun, method: 'GET', url: '/', status: 200, sent: null, set: 'sid-1' },
        { at: begun + minute, method: 'GET', url: '/tap', status: 500, sent: 'sid-1', set: null },
      ],
    },
  ],
  exercises: [{ name: 'counter/cookie-only', isSolved: false, hints: 2 }],
})
type Answered = { predicted?: string; seen?: string; measured?: string }

const file = (name: string, content: unknown): HandedIn => ({ name, text: JSON.stringify(content) })
const sum = (...files: HandedIn[]): Room => sumUp(files, questionsIn)

test('the answers to a question are counted: a choice by its place, what was measured by its value', () => {
  expect(first?.id).toBe('step-1-1')
  const { lessons, learners } = sum(
    file('a.json', handIn('Aki', [{ predicted: '0', seen: '1', measured: measuredAs(0) }])),
    file('b.json', handIn('Ben', [{ predicted: '1', seen: '0', measured: measuredAs(0) }])),
    file('c.json', handIn(undefined, [{ predicted: '1' }])),
  )
  expect(lessons[0]?.questions[0]).toEqual({
    id: 'step-1-1',
    predicted: { 0: 1, 1: 2 },
    seen: { 0: 1, 1: 1 },
    measured: { 0: 2 },
    misread: ['Aki'],
  })
  expect(learners.map(({ who }) => who)).toEqual(['Aki', 'Ben', '3'])
})

test('who is behind the others, and for how long they have done nothing, is told', () => {
  const busy = [{ predicted: '0', seen: '0' }, { predicted: '0' }]
  const { learners, median } = sum(
    file('a.json', handIn('Aki', busy)),
    file('b.json', handIn('Ben', busy)),
    file('c.json', handIn('Chie', [{ predicted: '0' }], 30)),
  )
  expect(median).toBe(2)
  expect(learners.map(({ who, isBehind, quiet }) => [who, isBehind, quiet])).toEqual([
    ['Aki', false, 6],
    ['Ben', false, 6],
    ['Chie', true, 26],
  ])
})

test('of one person the last file counts; what is no hand-in is named with the reason, and the others count', () => {
  const { learners, refused, replaced } = sum(
    file('old.json', handIn('Aki', [], 5)),
    file('new.json', handIn('Aki', [{ predicted: '0' }], 10)),
    file('new (1).json', handIn('Aki', [{ predicted: '0' }], 10)),
    file('other.json', { format: 'something else' }),
    file('later.json', { ...handIn('Ben', []), lessons: [{ slug: 'no-such-lesson', timeline: [] }] }),
    { name: 'cut.json', text: '{"format":' },
  )
  expect(learners.map(({ who, answered }) => [who, answered])).toEqual([['Aki', 1]])
  expect(replaced).toEqual(['old.json', 'new.json'])
  expect(refused).toEqual([
    { file: 'other.json', why: 'no-hand-in' },
    { file: 'later.json', why: 'unknown-lesson' },
    { file: 'cut.json', why: 'no-json' },
  ])
})

test('without a name, a later file of the same person is known by what it shares with the earlier one', () => {
  const early = handIn(undefined, [], 5, noon)
  const [lesson] = early.lessons
  const later = (at: number, answersAt: number, requests = 4): HandIn => ({
    ...early,
    at,
    lessons: [
      {
        slug: 'counter',
        answers: { at: answersAt, step: 'step-2', questions: {} },
        timeline: Array.from({ length: requests }, (_, n) => ({
          ...{ at: noon + n, method: 'GET', url: '/tap', status: 200, sent: null, set: null },
        })),
      },
    ],
  })
  const said = lesson?.answers?.at ?? 0
  const inAll = (...files: HandIn[]) =>
    sum(...files.map((one, n) => file(`${n}.json`, one))).learners.map((one) => one.file)
  expect(inAll(early, later(noon + 9 * minute, said))).toEqual(['1.json']) // said nothing since
  const [first, second] = [later(noon + 9 * minute, said + 1), later(noon + 12 * minute, said + 2)]
  expect(inAll(first, second)).toEqual(['1.json']) // went on, and shares the requests
  expect(inAll(first, { ...second, name: 'Aki' })).toEqual(['1.json'])
  expect(inAll({ ...first, name: 'Ben' }, { ...second, name: 'Aki' })).toEqual(['0.json', '1.json'])
  expect(inAll(later(noon + 9 * minute, said + 1, 2), second)).toEqual(['0.json', '1.json']) // by chance
})

test('the files of 30 learners are put on the page: the answers are covered until they are asked for, and nothing of what learners wrote is HTML', async ({
  page,
}) => {
  const index = openIndex()
  const listening = await listen(index.handler, 0)
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto(`http://localhost:${listening?.port}/instructor/hand-ins?lang=en`)
  const evil = '<img src=x onerror=alert(1)>'
  const files = Array.from({ length: 30 }, (_, n) => {
    const said = { predicted: String(n % 2), seen: '0', measured: measuredAs(0) }
    const own = second?.choices.length === 0 ? [{ predicted: evil }] : []
    return file(`${n}.json`, handIn(n === 7 ? evil : undefined, [said, ...own], 10 + n))
  })
  const upload = (some: readonly HandedIn[]) =>
    page
      .locator('#files')
      .setInputFiles(
        some.map(({ name, text }) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) })),
      )
  await upload([...files, { name: 'cut.json', text: '{' }])
  await expect(page.locator('.learners tbody tr')).toHaveCount(30)
  await expect(page.locator('#left + ul')).toContainText('cut.json')
  const choice = page.locator('[data-question="counter step-1-1"] tbody tr').first()
  await expect(choice.locator('td')).toHaveText(['15', '30', '30'])
  await expect(choice.locator('.secret').first()).toBeHidden()
  await page.getByLabel('Show the answers').check()
  await expect(choice.locator('td.secret')).toBeVisible()
  await expect(page.locator('#room img')).toHaveCount(0)
  await expect(page.locator('.learners')).toContainText(evil)
  expect(await overflow(page)).toBe(0)
  expect(await violations(page)).toEqual([])

  await upload([{ name: 'huge.json', text: 'x'.repeat(2_000_001) }])
  await expect(page.getByRole('alert')).toContainText('huge.json')
  await expect(page.locator('.learners tbody tr'), 'what was there stays').toHaveCount(30)
  await listening?.close()
})
