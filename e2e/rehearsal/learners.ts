import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, type Locator, type Page } from 'playwright/test'
import { createRecorder } from '#inspector'
import { root } from '../../common/places.ts'
import { findExercise } from '../../lab/exercises/catalogue.ts'
import { fileOf, unsolved } from '../../lab/exercises/workspace.ts'
import { listen } from '../../lab/http/listen.ts'
import { startLab } from '../../lab/lab.ts'
import { openIndex } from '../../lab/pages/index-page.ts'
import { readLesson, type Step } from '../../lab/scenarios/lesson.ts'
import type { Question } from '../../lab/scenarios/lesson-question.ts'
import {
  exerciseOfCourse,
  handInOf,
  keyOf,
  learners,
  lessonsOfCourse,
  type Protocol,
  protocolOf,
} from './protocol.ts'

process.chdir(root)

/** The learner's own computer: the index, the lessons of the course, each with its lab, and a folder for exercises. */
const test = base.extend<{ laptop: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
  laptop: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'lab-learner-'))
    process.env['LAB_EXERCISES'] = join(folder, 'exercises') // one learner at a time in this process
    const index = openIndex()
    const listening = await listen(index.handler, 0)
    const indexUrl = `http://localhost:${listening?.port}/`
    const common = {
      folder,
      secret: ['of a rehearsal: 0123456789abcdef'],
      storeUrl: 'memory:',
      hasLabPages: true,
    }
    const labs = await Promise.all(
      lessonsOfCourse.map((slug) => startLab({ ...common, slug, indexUrl, recorder: createRecorder() })),
    )
    for (const lab of labs) index.add(lab)
    await use(indexUrl)
    for (const lab of labs) await lab.close()
    await listening?.close()
    await rm(folder, { recursive: true })
  },
})

for (let learner = 1; learner <= learners; learner++) {
  const isStuck = learner % 10 === 4
  const who = learner % 3 === 0 ? `Learner ${learner}` : ''
  test(`learner ${learner} ${isStuck ? 'stops on the way' : 'goes through the course'}, and hands in`, async ({
    page,
    laptop,
  }) => {
    const answers: Protocol['answers'] = {}
    for (const slug of isStuck ? lessonsOfCourse.slice(0, 1) : lessonsOfCourse) {
      await page.goto(`${laptop}go/${slug}?lang=en`)
      const steps = experimentsOf(slug)
      for (const step of isStuck ? steps.slice(0, 1) : steps)
        Object.assign(answers, await experiment(page, slug, step, learner))
    }
    const exercises = isStuck ? [] : [await exercise(page, laptop, learner % 3 === 0)]
    await page.goto(`${laptop}hand-in?lang=en`)
    await page.getByLabel('Your name').fill(who)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save the file' }).click()
    await (await download).saveAs(handInOf(learner))
    const protocol: Protocol = { who: who || String(learner), isStuck, answers, exercises }
    writeFileSync(protocolOf(learner), JSON.stringify(protocol))
  })
}

const experimentsOf = (slug: string) =>
  readLesson(slug, { language: 'en', app: 'http://localhost/' }).steps.filter(
    ({ questions }) => questions.length > 0,
  )

/** One step as a learner goes through it: predict, press its buttons, say what was seen, compare. */
async function experiment(page: Page, slug: string, { id, questions }: Step, learner: number) {
  const step = page.locator(`#${id}`)
  await page.locator(`.steps a[href="#${id}"]`).click()
  const answers: Protocol['answers'] = {}
  for (const [n, question] of questions.entries()) {
    const predicted = guess(question, learner + n)
    await answer(step.locator(`.is-predicted[data-question="${question.id}"]`), question, predicted)
    answers[keyOf(slug, question.id)] = { predicted, seen: '' }
  }
  await pressAll(page, step)
  for (const [n, question] of questions.entries()) {
    const seen = learner % 2 === 0 ? rightOne(question) : guess(question, learner + n + 1)
    await answer(step.locator(`.is-seen[data-question="${question.id}"]`), question, seen)
    Object.assign(answers[keyOf(slug, question.id)] ?? {}, { seen })
  }
  await step.locator('[data-compare]').click()
  await expect(step.locator('.comparison section')).toHaveCount(questions.length)
  return answers
}

/** Begins the exercise; mends the file as the documentation has it, and saves it, or opens a hint and goes no further. */
async function exercise(page: Page, laptop: string, isSolver: boolean) {
  const begun = findExercise(exerciseOfCourse)
  if (!begun) throw new Error(`no exercise ${exerciseOfCourse}`)
  await page.goto(`${laptop}go/${begun.slug}/exercises/${begun.variant}?lang=en`)
  await page.getByRole('button', { name: 'Begin', exact: true }).click()
  const hint = page.getByRole('button', { name: /^Open a hint/ })
  if (!isSolver) {
    await hint.click()
    return `${exerciseOfCourse} begun (1 hint)`
  }
  await page.waitForResponse(/\/state$/) // the page follows the file
  const file = join(root, fileOf(begun))
  const before = readFileSync(file, 'utf8')
  writeFileSync(file, unsolved({ ...begun, variant: begun.solution }))
  expect(readFileSync(file, 'utf8')).not.toBe(before)
  await expect(page.locator('.status')).toContainText('Solved', { timeout: 180_000 })
  return `${exerciseOfCourse} solved`
}

/** Presses what can be pressed in the step, but what opens other windows. */
async function pressAll(page: Page, step: Locator) {
  const frame = page.frameLocator('.demo iframe').first()
  for (const button of await step.locator('.do:visible:not([data-do="tab"]):not([data-do="curl"])').all()) {
    await button.click()
    await frame.locator('body').waitFor()
  }
}

const guess = ({ choices, number }: Question, seed: number): string => {
  if (number !== undefined) return String(seed % 4)
  return choices.length > 0 ? String(seed % choices.length) : `in words, ${seed}`
}

const rightOne = ({ choices, number }: Question): string => {
  if (number !== undefined) return number
  return choices.length > 0 ? String(choices.findIndex(({ isRight }) => isRight)) : 'in words'
}

/** Says it in a question's field; the page tells the lab when it is changed. */
async function answer(question: Locator, { choices, number }: Question, given: string) {
  if (number !== undefined) await question.locator('input').fill(given)
  else if (choices.length === 0) await question.locator('textarea').fill(given)
  else await question.locator('input').nth(Number(given)).check()
}
