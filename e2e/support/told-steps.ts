/*
 * A worker tells Playwright's main process of each step twice, when it begins and when it ends, and each fixture and each
 * expect() is one: a tenth of the CPU of a run, for a report in which nobody opens the steps of a test that went as it
 * should. They are kept until it is known how the test went.
 */

/** What a worker sends to Playwright's main process, as far as it is looked at here. */
export interface Message {
  method?: string
  params?: { method?: string; params?: Part }
}

interface Part {
  /** Of an attachment: the step that it belongs to. */
  stepId?: string
  /** Of the end of a test. */
  status?: string
  expectedStatus?: string
}

type Send = (message: Message) => unknown

/** Sends on what comes; of a test that went as expected its attachments, and not its steps. */
export function tellingStepsOfFailures(send: Send): Send {
  let kept: Message[] = []
  return (message) => {
    const what = message.method === '__dispatch__' ? message.params?.method : undefined
    if (what === 'stepBegin' || what === 'stepEnd' || what === 'attach') {
      kept.push(message)
      return true
    }
    if (what === 'testEnd') {
      const { status, expectedStatus } = message.params?.params ?? {}
      for (const each of status === expectedStatus ? kept.flatMap(attachmentIn) : kept) send(each)
      kept = []
    }
    return send(message)
  }
}

/** An attachment for itself: of its step nobody was told. */
function attachmentIn(message: Message): Message[] {
  if (message.params?.method !== 'attach') return []
  const { stepId: _, ...attachment } = message.params.params ?? {}
  return [{ ...message, params: { ...message.params, params: attachment } }]
}

/** Where somebody watches the steps as they happen, in a window or an editor, all are told at once. */
const isWatched = 'LAB_STEPS_WATCHED'

/** To be called in every process of Playwright, the main one first: its environment is that of the workers. */
export function tellSteps(): void {
  if (['--ui', '--debug', 'test-server'].some((word) => process.argv.includes(word)))
    process.env[isWatched] = '1'
  const { send } = process
  if (!send || process.env['TEST_WORKER_INDEX'] === undefined || process.env[isWatched]) return
  process.send = tellingStepsOfFailures((message) => Reflect.apply(send, process, [message])) as NonNullable<
    typeof process.send
  >
}
