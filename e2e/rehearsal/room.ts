import { readFileSync } from 'node:fs'
import { expect, test } from 'playwright/test'
import { listen } from '../../lab/http/listen.ts'
import { openIndex } from '../../lab/pages/index-page.ts'
import { questionsIn } from '../../lab/pages/room-view.ts'
import { handInOf, keyOf, learners, lessonsOfCourse, type Protocol, protocolOf } from './protocol.ts'

test('the instructor puts all files on the page, which says what the learners did', async ({ page }) => {
  const room = Array.from({ length: learners }, (_, n) => n + 1)
  const protocols = room.map(
    (learner): Protocol => JSON.parse(readFileSync(protocolOf(learner), 'utf8')) as Protocol,
  )
  const index = openIndex()
  const listening = await listen(index.handler, 0)
  await page.goto(`http://localhost:${listening?.port}/instructor/hand-ins?lang=en`)
  await page.locator('#files').setInputFiles(room.map(handInOf))

  const rows = page.locator('.learners tbody tr')
  await expect(rows).toHaveCount(learners)
  const said = protocols.map(({ who, answers }) => [who, String(Object.keys(answers).length)])
  const shown = await rows.evaluateAll((all) =>
    all.map((row) => [
      row.querySelector('th')?.firstChild?.textContent?.trim(),
      row.children[2]?.textContent,
    ]),
  )
  expect(shown).toEqual(said)
  const exercises = await rows.evaluateAll((all) =>
    all.map((row) => [...(row.children[4]?.querySelectorAll('div') ?? [])].map((one) => one.innerText)),
  )
  expect(exercises).toEqual(protocols.map((each) => each.exercises))
  if (protocols.filter(({ isStuck }) => !isStuck).length > learners / 2)
    await expect(page.locator('.learners .is-behind')).toHaveCount(
      protocols.filter(({ isStuck }) => isStuck).length,
    )

  for (const slug of lessonsOfCourse) {
    for (const { id, choices, number } of questionsIn(slug) ?? []) {
      const key = keyOf(slug, id)
      const lines = page.locator(`[data-question="${key}"] tbody tr`)
      const countOf = (kind: 'predicted' | 'seen', answer: string) =>
        protocols.filter(({ answers }) => answers[key]?.[kind] === answer).length
      if (number !== undefined) {
        const typed = protocols.flatMap(({ answers: { [key]: given } }) =>
          given ? [given.predicted, given.seen] : [],
        )
        const shown = await lines.evaluateAll((all) =>
          all.map((line) => [
            line.querySelector('th')?.firstChild?.textContent?.trim(),
            ...[...line.querySelectorAll('.number')].slice(0, 2).map((count) => Number(count.textContent)),
          ]),
        )
        for (const answer of new Set(typed))
          expect(shown, `${slug} ${id}`).toContainEqual([
            answer,
            countOf('predicted', answer),
            countOf('seen', answer),
          ])
      }
      for (const place of choices.keys()) {
        const count = (kind: 'predicted' | 'seen') => countOf(kind, String(place))
        const counted = await lines.nth(place).locator('.number').allTextContents()
        expect(counted.slice(0, 2).map(Number), `${slug} ${id}, choice ${place}`).toEqual([
          count('predicted'),
          count('seen'),
        ])
      }
    }
  }
  await listening?.close()
})
