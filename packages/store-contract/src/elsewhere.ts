import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Location } from './adapter.ts'
import type { Elsewhere } from './context.ts'
import { within } from './limit.ts'
import { killGroup, startProcess } from './own-process.ts'
import type { AdapterModule } from './protocol.ts'

/** What the other process is asked: a call of the store, or to end, with the store closed or left open. */
export type ToElsewhere =
  | { call: 'get' | 'set' | 'destroy'; sid: string; n: number }
  | { end: { closes: boolean } }

/** The answers, in the order of the questions: the number in the row of a get, or null. */
export type FromElsewhere = { n: number | null } | { failed: string }

const answerLimit = 20_000 // ms: with the first question the process starts, and opens the store
const endLimit = 5_000 // ms that it may go on with nothing left to do

export function startElsewhere(from: AdapterModule, location: Location): Elsewhere {
  const child = startProcess('elsewhere-child', from, location)
  const ended = once(child, 'exit')
  const ask = questions(child, ended)
  return {
    get: (sid) => ask({ call: 'get', sid, n: 0 }),
    set: async (sid, n) => void (await ask({ call: 'set', sid, n })),
    destroy: async (sid) => void (await ask({ call: 'destroy', sid, n: 0 })),
    async end(how) {
      await ask({ end: how })
      return within(endLimit, ended, 'end').then(
        () => true,
        () => false,
      )
    },
    kill: () => killGroup(child),
  }
}

/** Asks questions that may be under way at the same time. */
function questions(child: ChildProcess, ended: Promise<unknown[]>) {
  const waiting: ((answer: FromElsewhere) => void)[] = []
  child.on('message', (answer: FromElsewhere) => waiting.shift()?.(answer))
  const gone = ended.then(([code, signal]): FromElsewhere => ({ failed: `it ended with ${signal ?? code}` }))
  return async (question: ToElsewhere): Promise<number | null> => {
    const answer = new Promise<FromElsewhere>((resolve) => waiting.push(resolve))
    child.send(question, () => {}) // that it has ended shows by `gone`
    const reply = await within(answerLimit, Promise.race([answer, gone]), 'use in another process')
    if ('failed' in reply) throw new Error(reply.failed)
    return reply.n
  }
}
