import { setTimeout as pause } from 'node:timers/promises'
import type { Store } from 'express-session'
import { answerLimit, invoke, type Method, NotAnswered, offers } from '../calls.ts'
import { type Claim, holds, type Json, no } from '../claim.ts'
import { sessionOf } from '../context.ts'
import type { Uncaught } from '../uncaught.ts'

const settled = 100 // ms in which a second call of a callback shows

/** A callback is called exactly once, even one that throws. */
export const callbackClaims: readonly Claim[] = [
  {
    id: 'callback.once',
    title: { ja: 'どのメソッドもコールバックをちょうど1回呼ぶ', en: 'every method calls back exactly once' },
    kind: 'promise',
    async check({ store, calls }) {
      await calls.set('callback-once', sessionOf({ n: 1 }))
      const all: [label: string, method: Method, ...args: unknown[]][] = [
        ['set', 'set', 'callback-once', sessionOf({ n: 2 })],
        ['get', 'get', 'callback-once'],
        ['get of an unknown sid', 'get', 'callback-once-unknown'],
        ['touch', 'touch', 'callback-once', sessionOf({ n: 2 })],
        ['all', 'all'],
        ['length', 'length'],
        ['destroy', 'destroy', 'callback-once'],
        ['destroy of an unknown sid', 'destroy', 'callback-once-unknown'],
        ['clear', 'clear'],
      ]
      const times: Record<string, number> = {}
      for (const [label, method, ...args] of all) {
        if (offers(store, method)) times[label] = (await count(store, method, args)).times
      }
      const others = Object.keys(times).filter((label) => times[label] !== 1)
      const list = others.map((label) => `${label} ${times[label]}×`).join(', ')
      return holds(others.length === 0, { ja: `1回でない: ${list}`, en: `not once: ${list}` }, times)
    },
  },
  {
    id: 'callback.throws',
    title: {
      ja: 'コールバックが例外を投げても、もう一度は呼ばず、セッションは消えず、そのあとも動く',
      en: 'a callback that throws is not called again and costs no session, and the store goes on working',
    },
    kind: 'promise',
    spoils: true,
    async check({ store, calls, uncaught }) {
      const evidence: Record<string, Json> = {}
      const again: Method[] = []
      const throwing = async (method: Method, ...args: unknown[]) => {
        if (!offers(store, method)) return
        const thrown = new Error(`${thrownText} ${method}`)
        const { times, atCaller } = await count(store, method, args, thrown)
        evidence[method] = {
          times,
          'the error went to': atCaller ? 'the caller' : reachedBy(thrown, uncaught),
        }
        if (times > 1) again.push(method)
      }
      await throwing('set', 'callback-throws', sessionOf({ n: 1 }))
      await throwing('get', 'callback-throws')
      await throwing('touch', 'callback-throws', sessionOf({ n: 1 }))
      const isThere = (await calls.get('callback-throws')) !== null
      await throwing('destroy', 'callback-throws')
      if (!isThere) return no({ ja: 'セッションが消えた', en: 'the session has gone' }, evidence)
      if (again.length > 0) {
        const list = again.join(', ')
        return no({ ja: `もう一度呼ばれた: ${list}`, en: `called again: ${list}` }, evidence)
      }
      await calls.set('callback-throws-after', sessionOf({ n: 3 }))
      const after = (await calls.get('callback-throws-after'))?.['n']
      return holds(after === 3, { ja: 'そのあと動かない', en: 'the store does not work any more' }, evidence)
    },
  },
  {
    id: 'callback.none',
    title: {
      ja: 'コールバックなしのset、touch、destroyも例外にならず、はたらく',
      en: 'set, touch and destroy without a callback do not throw, and do their work',
    },
    kind: 'promise',
    async check({ store, calls }) {
      callBare(store, 'set', 'callback-none', sessionOf({ n: 1 }))
      if (!(await eventually(async () => (await calls.get('callback-none'))?.['n'] === 1)))
        return no({ ja: 'setが効かない', en: 'set has no effect' }, null)
      if (offers(store, 'touch')) {
        callBare(store, 'touch', 'callback-none', sessionOf({ n: 1 }))
        await pause(3 * settled) // nobody can wait for it; beside the destroy, either may be the last
      }
      callBare(store, 'destroy', 'callback-none')
      const isGone = await eventually(async () => !(await calls.get('callback-none')))
      await pause(3 * settled) // a call of what is no function may come late
      return holds(isGone, { ja: 'destroyが効かない', en: 'destroy has no effect' }, null)
    },
  },
]

const thrownText = 'thrown by the callback of'

/** Whether an error was thrown by a callback of this contract, or quotes one that was: a store need not catch it. */
export const isOfCallback = (error: unknown): boolean => String(error).includes(thrownText)

/** Calls a method with a callback that counts, and throws `thrown` where there is such. */
async function count(store: Store, method: Method, args: unknown[], thrown?: Error) {
  let times = 0
  let atCaller = false
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, answerLimit)
    const callback = () => {
      times++
      clearTimeout(timer)
      resolve()
      if (thrown) throw thrown
    }
    try {
      invoke(store, method, ...args, callback)
    } catch (error) {
      if (error !== thrown) throw thrownBy(method, error)
      atCaller = true
    }
  })
  await pause(settled)
  return { times, atCaller }
}

/** Calls a method without a callback. */
function callBare(store: Store, method: Method, ...args: unknown[]) {
  try {
    invoke(store, method, ...args)
  } catch (error) {
    throw thrownBy(method, error)
  }
}

const thrownBy = (method: Method, error: unknown) =>
  new NotAnswered({ method, by: 'throw', error, result: undefined, ms: 0 })

/** How the error of a callback reached the process; some stores wrap it in another. */
function reachedBy(thrown: Error, uncaught: Uncaught): string {
  const found = uncaught.find(({ error }) => error === thrown || String(error).includes(thrown.message))
  return found?.kind ?? 'nobody'
}

async function eventually(isSo: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + 2_000
  do {
    if (await isSo()) return true
    await pause(20)
  } while (Date.now() < end)
  return false
}
