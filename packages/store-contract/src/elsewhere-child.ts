/* Another process that uses the store: does what it is told, and then has nothing left to do. */
import session from 'express-session'
import type { Location } from './adapter.ts'
import { callsOf, messageOf } from './calls.ts'
import { sessionOf } from './context.ts'
import type { FromElsewhere, ToElsewhere } from './elsewhere.ts'
import { loadAdapter } from './load.ts'
import type { AdapterModule } from './protocol.ts'

const [from, location] = process.argv.slice(2).map((text) => JSON.parse(text)) as [AdapterModule, Location]

const opened = loadAdapter(from)
  .then((create) => create(location))
  .then(({ open }) => open(session))

async function answer(question: ToElsewhere): Promise<FromElsewhere> {
  try {
    const { store, close } = await opened
    if ('end' in question) {
      if (question.end.closes) await close?.()
      return { n: null }
    }
    const { get, set, destroy } = callsOf(store)
    const { call, sid, n } = question
    if (call === 'get') return { n: ((await get(sid))?.['n'] as number | undefined) ?? null }
    await (call === 'set' ? set(sid, sessionOf({ n })) : destroy(sid))
    return { n: null }
  } catch (error) {
    return { failed: messageOf(error) }
  }
}

let isEnding = false
process.once('disconnect', () => isEnding || process.exit()) // nobody is left to ask

let last: Promise<unknown> = Promise.resolve()
process.on('message', (question: ToElsewhere) => {
  isEnding ||= 'end' in question
  const answered = answer(question)
  last = Promise.all([last, answered]).then(([, reply]) => {
    process.send?.(reply, () => 'end' in question && process.disconnect())
  })
})
