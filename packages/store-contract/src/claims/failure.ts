import { setTimeout as pause } from 'node:timers/promises'
import type { Adapter } from '../adapter.ts'
import { ask, describe, isFine, type Reply } from '../calls.ts'
import { type Claim, cannotTell, type Finding, holds, type Json, no, notOffered } from '../claim.ts'
import { sessionOf, type TestContext } from '../context.ts'
import { allRefused, callAll, inEnglish, inJapanese } from './all-calls.ts'

type Backend = NonNullable<Adapter['backend']>

const backLimit = 10_000 // ms until a store that has lost its server is to be there again

/** What becomes of a request when a row or the server fails. */
export const failureClaims: readonly Claim[] = [
  {
    id: 'failure.corrupt-row',
    title: {
      ja: '壊れたレコードは「セッションがない」か、コールバックのエラーになる',
      en: 'a corrupt row is a missing session or an error by callback',
    },
    kind: 'promise',
    async check({ store, calls, adapter }) {
      if (!adapter.corrupt)
        return cannotTell({ ja: 'レコードを壊す手段がない', en: 'there is no way to spoil a row' })
      await calls.set('failure-corrupt', sessionOf({ n: 1 }))
      await adapter.corrupt('failure-corrupt')
      const reply = await ask(store, 'get', ['failure-corrupt'])
      const evidence: Record<string, Json> = {
        get: describe(reply),
        handedOut: JSON.stringify(reply.result) ?? null,
      }
      if (reply.by !== 'callback') return failed(reply, evidence)
      if (reply.result != null && !isSession(reply.result)) {
        const shown = String(evidence['handedOut']).slice(0, 80)
        return no(
          { ja: `セッションでない ${shown} を渡した`, en: `it handed out ${shown}, which is no session` },
          evidence,
        )
      }
      if (reply.result != null)
        return cannotTell({ ja: '壊れたように見えない', en: 'the row does not seem spoilt' }, evidence)
      await calls.set('failure-corrupt', sessionOf({ n: 2 }))
      const after = (await calls.get('failure-corrupt'))?.['n']
      return holds(after === 2, { ja: 'setし直しても読めない', en: 'another set does not mend it' }, evidence)
    },
  },
  {
    id: 'failure.gone',
    title: {
      ja: 'サーバーがなくなると、5秒以内にコールバックのエラーになり、プロセスは生きている',
      en: 'with the server gone, each call is an error by callback within 5 s, and the process lives on',
    },
    kind: 'promise',
    spoils: true,
    check: losingBackend(async ({ store, calls }, backend) => {
      await calls.set('failure-gone', sessionOf({ n: 1 }))
      await backend.stop()
      return allRefused(await callAll(store, 'failure-gone'))
    }),
  },
  {
    id: 'failure.back',
    title: {
      ja: 'サーバーが戻れば、ひとりでに動き出す',
      en: 'when the server is back, the store works again by itself',
    },
    kind: 'promise',
    spoils: true,
    check: losingBackend(async ({ store, calls }, backend) => {
      await calls.set('failure-back', sessionOf({ n: 1 }))
      await backend.stop()
      await ask(store, 'get', ['failure-back'], 1_000)
      await backend.start()
      const end = Date.now() + backLimit
      let last: Reply
      do {
        last = await ask(store, 'set', ['failure-back-after', sessionOf({ n: 2 })], 1_000)
        if (isFine(last)) {
          const after = (await calls.get('failure-back-after'))?.['n']
          const before = (await calls.get('failure-back'))?.['n']
          const evidence = { 'the earlier session is there': before === 1 }
          return holds(
            after === 2,
            { ja: '書いたものが読めない', en: 'what is set cannot be read' },
            evidence,
          )
        }
        await pause(100)
      } while (Date.now() < end)
      const seconds = backLimit / 1000
      return no(
        { ja: `${seconds}秒たっても動かない`, en: `it does not work again within ${seconds} s` },
        { 'the last set': describe(last) },
      )
    }),
  },
]

/** A check that stops the server. Whatever happens, the server runs again afterwards. */
function losingBackend(check: (context: TestContext, backend: Backend) => Promise<Finding>): Claim['check'] {
  return async (context) => {
    const { backend } = context.adapter
    if (!backend) return notOffered({ ja: 'サーバーを使わない', en: 'it uses no server' })
    let isAway = false
    const stop = async () => {
      isAway = true
      await backend.stop()
    }
    const start = async () => {
      if (isAway) await backend.start()
      isAway = false
    }
    try {
      return await check(context, { stop, start })
    } finally {
      await start()
    }
  }
}

const failed = (reply: Reply, evidence: Json) =>
  no({ ja: `get: ${inJapanese(reply)}`, en: `get: ${inEnglish(reply)}` }, evidence)

const isSession = (value: unknown) =>
  typeof value === 'object' && value !== null && typeof (value as { cookie?: unknown }).cookie === 'object'
