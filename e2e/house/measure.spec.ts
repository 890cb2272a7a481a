import type { APIRequestContext } from 'playwright/test'
import { measure } from '../../lab/measure.ts'
import { readMeasured } from '../../lab/scenarios/measured.ts'
import { type Demo, expect, test } from '../support/fixtures.ts'

/** What the lab page is told of a step of its lesson, by question. */
async function measured(
  request: APIRequestContext,
  step: string,
  since = 0,
): Promise<Record<string, string | null>> {
  return (await request.get(`/__lab/measured?step=${step}&since=${since}`)).json()
}

const facts = (demo: Demo, since: number, wanted: readonly string[]) =>
  Promise.all(
    wanted.map(async (text) => {
      const recorder = { exchanges: demo.exchanges, sessions: demo.sessions }
      return [text, await measure(readMeasured(text), { lab: demo.lab, recorder, since })]
    }),
  )

test('the counter is measured as it was used', async ({ request, demo }) => {
  await request.get('/')
  await request.get('/tap') // and / after it
  await request.get('/')
  await request.get('/destroy') // and / after it
  const expected = [
    ['data.count of /tap', '1'],
    ['status of /tap', '302'],
    ['location of /tap', '/'],
    ['sid of first /', 'first'],
    ['sid of /tap', 'kept'],
    ['sid of / after /destroy', 'new'],
    ['set-cookie of 2nd / after /tap', 'no'],
    ['row of /tap', 'written'],
    ['row of 2nd / after /tap', 'extended'],
    ['row of /destroy', 'removed'],
    ['row of / after /destroy', 'missing'],
    ['sent of first /', 'no'],
    ['sent of / after /destroy', 'yes'],
    ['has Expires of first /', 'yes'],
    ['has Secure of first /', 'no'],
    ['attribute SameSite of first /', 'Lax'],
    ['count set-cookie', '3'],
    ['count sid', '2'],
    ['count request of /', '4'],
    ['count touch of /', '2'],
    ['rows', '1'],
    ['rows with count', '1'],
    ['rows with user', '0'],
    ['status of /nowhere', null],
    ['status of POST /tap', null],
  ] as const
  expect(
    await facts(
      demo,
      0,
      expected.map(([text]) => text),
    ),
  ).toEqual(expected)
})

test('what was before the experiment does not count', async ({ request, demo }) => {
  await request.get('/tap')
  const { at = 0 } = demo.exchanges().at(-1) ?? {}
  expect(await facts(demo, at + 1, ['data.count of /tap', 'count request'])).toEqual([
    ['data.count of /tap', null],
    ['count request', null],
  ])
})

test('the lab page asks for the questions of a step', async ({ request }) => {
  expect(await measured(request, 'step-1')).toEqual({ 'step-1-1': null })
  await request.get('/tap')
  expect(await measured(request, 'step-1')).toEqual({ 'step-1-1': '1' })
  expect((await request.get('/__lab/measured?step=step-99')).status()).toBe(404)
})

test('the command for curl has the real port, and the cookie of now', async ({ page, demo }) => {
  const command = async () => {
    await page.goto('/__lab/curl?path=/tap')
    return (await page.locator('body').innerText()).trim()
  }
  expect(await command()).toBe(`curl -i '${demo.url}tap'`)
  await page.goto('/')
  const { value = '' } = (await page.context().cookies()).find(({ name }) => name === 'counter.sid') ?? {}
  expect(await command()).toBe(`curl -i -H 'Cookie: counter.sid=${value}' '${demo.url}tap'`)
})
