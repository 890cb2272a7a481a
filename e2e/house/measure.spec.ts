import type { APIRequestContext } from 'playwright/test'
import { raw } from '../../common/html.ts'
import { measure } from '../../lab/measure.ts'
import { answerOf } from '../../lab/scenarios/lesson-question.ts'
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
      return [text, await measure(readMeasured(text), { lab: demo.lab, recorder, since, host: 'localhost' })]
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
    ['cookies of first /', '0'],
    ['cookies of /tap', '1'],
    ['sid-length of first /', '32'],
    ['left of 2nd / after /tap', '10'],
    ['calls get of first /', 'no'],
    ['calls get of /tap', 'yes'],
    ['kept data.count of / after /tap', 'yes'],
    ['kept data.count of / after /destroy', 'no'],
    ['head of /tap', '0'],
    ['end of /tap', '0'],
    ['readable of /', 'no'],
    ['every row of /tap', 'written'],
    ['every sent of /', 'mixed'],
    ['every row of / after /destroy', 'missing'],
    ['count request of / after /tap', '3'],
    ['sent of tls:/', null],
    ['sent of visitor:/', null],
    ['sent of linked:/', null],
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

test('each variant has its own measurements, and starting over begins those of the one that runs', async ({
  request,
  demo,
}) => {
  const counts = async () =>
    (await facts(demo, 0, ['data.count of /tap in app', 'data.count of /tap in rolling'])).map(
      ([, count]) => count,
    )
  await request.get('/tap')
  await demo.lab.setVariant('rolling')
  expect(await counts()).toEqual(['1', null])
  await request.get('/tap')
  expect(await counts()).toEqual(['1', '2'])
  await request.post('/__lab/reset', { headers: { Origin: new URL(demo.url).origin } })
  expect(await counts()).toEqual(['1', null])
})

test('who sent a request, and how, tells it from others of its path', async ({ request, demo }) => {
  const ask = (url: string, headers: Record<string, string>) => request.get(url, { headers })
  await ask(demo.url, { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Dest': 'document' })
  await ask(demo.url, { 'X-Forwarded-Proto': 'https' })
  await ask(demo.url.replace('localhost', '127.0.0.1'), {})
  await ask(demo.url, { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Dest': 'iframe' })
  const wanted = ['linked:/', 'tls:/', 'visitor:/', '/'].map((which) => `count request of ${which}`)
  expect((await facts(demo, 0, wanted)).map(([, count]) => count)).toEqual(['1', '1', '1', '4'])
})

test('an answer is the choice that a measured value comes to', () => {
  const answer = (measured: string, found: string, ...values: string[]) =>
    answerOf(found, {
      number: undefined,
      measured: readMeasured(measured),
      choices: values.map((value) => ({ value, label: raw(value), isRight: false })),
    })
  expect(answer('left of /', '38', '20', '40', '60')).toBe('40')
  expect(answer('left of /', '3599', '3590', '3600')).toBe('3600')
  expect(answer('rows', '3', '0', '1')).toBe('3')
  expect(answer('status of /', '404', '403', '200')).toBe('404')
  expect(answer('debug of /', 'fetching abc\nnot secured', 'no SID', 'not secured')).toBe('not secured')
  expect(answerOf('none', { number: '0', measured: readMeasured('data.count of /'), choices: [] })).toBe('0')
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
