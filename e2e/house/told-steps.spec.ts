import { expect, test } from '../support/fixtures.ts'
import { type Message, tellingStepsOfFailures } from '../support/told-steps.ts'

const dispatch = (method: string, params: object = {}): Message => ({
  method: '__dispatch__',
  params: { method, params },
})

/** What reaches Playwright's main process of a test with a step that keeps an attachment. */
function toldOf(status: string, expectedStatus: string) {
  const told: Message[] = []
  const send = tellingStepsOfFailures((message) => told.push(message))
  const during = [
    dispatch('stepBegin', { stepId: 'a' }),
    dispatch('attach', { stepId: 'a', name: 'row' }),
    dispatch('stepEnd', { stepId: 'a' }),
  ]
  const sent = [dispatch('testBegin'), ...during, dispatch('testEnd', { status, expectedStatus })]
  for (const message of [...sent, { method: 'ready' }]) send(message)
  return { told, sent }
}

test('of a test that went as expected its evidence is told, and not its steps', () => {
  for (const status of ['passed', 'failed', 'skipped']) {
    const { told, sent } = toldOf(status, status)
    const evidence = dispatch('attach', { name: 'row' }) // it belongs to no step that was told
    expect(told).toEqual([sent[0], evidence, sent.at(-1), { method: 'ready' }])
  }
})

test('of one that did not, all steps are told in their order before its end', () => {
  for (const [status, expected] of [
    ['failed', 'passed'],
    ['timedOut', 'passed'],
    ['passed', 'failed'],
  ] as const) {
    const { told, sent } = toldOf(status, expected)
    expect(told).toEqual([...sent, { method: 'ready' }])
  }
})
