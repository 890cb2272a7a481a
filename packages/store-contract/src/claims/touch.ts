import { setTimeout as pause } from 'node:timers/promises'
import { ask, describe, offers } from '../calls.ts'
import { type Claim, cannotTell, type Finding, holds, type Json, withoutMethod, yes } from '../claim.ts'
import { asJson, sessionOf, type TestContext } from '../context.ts'
import { useAndSave } from '../in-use.ts'
import { neverEnds, short, wellPast } from './expiry.ts'

const tries = 20

/** touch, which decides whether `resave: false` is safe. */
export const touchClaims: readonly Claim[] = [
  {
    id: 'touch.offered',
    title: { ja: 'touchがある', en: 'it has touch' },
    kind: 'property',
    check: async ({ store }) => (offers(store, 'touch') ? yes(null) : withoutMethod('touch')),
  },
  {
    id: 'touch.extends',
    title: { ja: 'touchでレコードの期限が延びる', en: 'touch makes the expiry of the row later' },
    kind: 'promise',
    waits: true,
    check: touching(async ({ calls }) => {
      const begin = Date.now()
      await calls.set('touch-extends', sessionOf({ n: 1 }, short))
      await calls.touch('touch-extends', sessionOf({ n: 1 }))
      if (Date.now() - begin > short - 200) {
        return cannotTell(tooSlow)
      }
      await calls.set('touch-extends-control', sessionOf({ n: 0 }, short))
      await pause(wellPast)
      if (await calls.get('touch-extends-control')) return cannotTell(neverEnds)
      const found = await calls.get('touch-extends')
      return holds(
        found?.['n'] === 1,
        { ja: '使われていても初めの期限で消えた', en: 'it went at its first expiry though it was used' },
        null,
      )
    }),
  },
  {
    id: 'touch.no-expiry',
    title: {
      ja: '期限のないセッションのtouchもエラーでなく、セッションは残る',
      en: 'touch of a session without expiry is no error, and the session stays',
    },
    kind: 'promise',
    waits: true,
    check: touching(async ({ calls }) => {
      await calls.set('touch-no-expiry', sessionOf({ n: 1 }, null))
      await calls.touch('touch-no-expiry', sessionOf({ n: 1 }, null))
      const soon = await calls.get('touch-no-expiry')
      if (soon) await pause(short)
      const later = soon && (await calls.get('touch-no-expiry'))
      return holds(
        later?.['n'] === 1,
        soon
          ? { ja: `touchの${short / 1000}秒後にない`, en: `it is gone ${short / 1000} s after touch` }
          : { ja: 'touchしたらなくなった', en: 'touch removed it' },
        null,
      )
    }),
  },
  {
    id: 'touch.set-again',
    title: {
      ja: 'touchのあとgetが渡したものは、もう一度setしても残る',
      en: 'after touch, what get hands out can be set again and stays',
    },
    kind: 'promise',
    waits: true,
    check: touching(async ({ store, calls }) => {
      const sid = 'touch-set-again'
      await calls.set(sid, sessionOf({ n: 1 }, short))
      await calls.touch(sid, sessionOf({ n: 1 }))
      await pause(wellPast)
      const found = await calls.get(sid)
      if (!found)
        return cannotTell({
          ja: 'touchでレコードが延びない',
          en: 'touch did not make the expiry of the row later',
        })
      const { expires } = asJson(found.cookie) as unknown as { expires: Json }
      // as session() makes a session of what get hands out
      await calls.set(sid, store.createSession({ sessionID: sid, sessionStore: store } as never, found))
      return holds(
        (await calls.get(sid))?.['n'] === 1,
        {
          ja: 'getの渡したcookieが初めの期限のままで、setしたらなくなった',
          en: 'the cookie that get handed out still had its first expiry, and with the set the session was gone',
        },
        { 'expires handed out after touch': expires },
      )
    }),
  },
  {
    id: 'touch.in-use',
    title: {
      ja: 'リクエストごとにsaveしてからリダイレクトするアプリで、使い続けているセッションが初めの期限のあとも続く',
      en: 'with an app that saves and then redirects, a session in use goes on past its first expiry',
    },
    kind: 'promise',
    waits: true,
    check: touching(async ({ store }) => {
      const { counts, longestPause } = await useAndSave(store, short, wellPast)
      const goesOn = counts.every((count, before) => count === String(before + 1))
      if (!goesOn && longestPause > short / 2) return cannotTell(tooSlow)
      return holds(
        goesOn,
        {
          ja: '使われていても途中でなくなり、保存したはずの数が失われた',
          en: 'it went in the middle of its use, and with it a count that had been saved',
        },
        counts,
      )
    }),
  },
  {
    id: 'touch.keeps-data',
    title: {
      ja: 'touchはデータを書かない。古い内容を持ったリクエストのtouchでも、新しい内容が残る',
      en: 'touch writes no data: the newer data stays when a request that holds older data touches',
    },
    kind: 'promise',
    check: touching(async ({ calls }) => {
      await calls.set('touch-keeps-data', sessionOf({ n: 2 }))
      await calls.touch('touch-keeps-data', sessionOf({ n: 1 }))
      const found = (await calls.get('touch-keeps-data'))?.['n'] ?? null
      return holds(found === 2, wroteBack, { set: 2, touchWith: 1, got: asJson(found) as Json })
    }),
  },
  {
    id: 'touch.beside-set',
    title: {
      ja: 'setと同時のtouchが、setの内容を消さない',
      en: 'a touch beside a set does not undo the set',
    },
    kind: 'promise',
    check: touching(async ({ calls }) => {
      let lost = 0
      for (let n = 1; n <= tries; n++) {
        await calls.set('touch-beside-set', sessionOf({ n: 0 }))
        await Promise.all([
          calls.touch('touch-beside-set', sessionOf({ n: 0 })),
          calls.set('touch-beside-set', sessionOf({ n })),
        ])
        if ((await calls.get('touch-beside-set'))?.['n'] !== n) lost++
      }
      return holds(lost === 0, wroteBack, { tries, lost })
    }),
  },
  {
    id: 'touch.gone',
    title: {
      ja: '消えたレコードはtouchで戻らない(destroyされたレコード、初めからないレコード)',
      en: 'touch does not bring back what is gone (destroyed, or never there)',
    },
    kind: 'promise',
    check: touching(async ({ store, calls }) => {
      await calls.set('touch-destroyed', sessionOf({ n: 1 }))
      await calls.destroy('touch-destroyed')
      return staysGone({ store, calls }, ['touch-destroyed', 'touch-never-there'])
    }),
  },
  {
    id: 'touch.expired',
    title: { ja: '期限の過ぎたレコードはtouchで戻らない', en: 'touch does not bring back an expired row' },
    kind: 'property',
    waits: true,
    check: touching(async ({ store, calls }) => {
      // to look at the row itself might remove it
      await calls.set('touch-expired-control', sessionOf({ n: 0 }, short))
      await calls.set('touch-expired', sessionOf({ n: 1 }, short))
      await pause(wellPast)
      if (await calls.get('touch-expired-control')) return cannotTell(neverEnds)
      return staysGone({ store, calls }, ['touch-expired'])
    }),
  },
  {
    id: 'touch.beside-destroy',
    title: {
      ja: 'destroyと同時のtouchが、ログアウトしたセッションを戻さない',
      en: 'a touch beside a destroy does not bring a session back that was logged out',
    },
    kind: 'promise',
    check: touching(async ({ store, calls }) => {
      let back = 0
      for (let n = 0; n < tries; n++) {
        const sid = `touch-beside-destroy-${n}`
        await calls.set(sid, sessionOf({ n }))
        await Promise.all([ask(store, 'touch', [sid, sessionOf({ n })]), calls.destroy(sid)])
        if (await calls.get(sid)) back++
      }
      return holds(
        back === 0,
        { ja: `${tries}回のうち${back}回、戻った`, en: `${back} of ${tries} came back` },
        { tries, back },
      )
    }),
  },
]

const tooSlow = { ja: 'このマシンが遅すぎた', en: 'this machine was too slow' }

const wroteBack = {
  ja: 'touchが古い内容を書き戻した',
  en: 'touch wrote the older data back',
}

/** A check that needs touch. */
function touching(check: Claim['check']): Claim['check'] {
  return async (context) => (offers(context.store, 'touch') ? check(context) : withoutMethod('touch'))
}

/** Touches rows that are not there. An error by callback does no harm: it is only noted in the evidence. */
async function staysGone(
  { store, calls }: Pick<TestContext, 'store' | 'calls'>,
  sids: string[],
): Promise<Finding> {
  const back: string[] = []
  const replies: Record<string, string> = {}
  for (const sid of sids) {
    replies[sid] = describe(await ask(store, 'touch', [sid, sessionOf({ n: 1 })]))
    if (await calls.get(sid)) back.push(sid)
  }
  return holds(
    back.length === 0,
    { ja: `戻った: ${back.join('、')}`, en: `it brought back ${back.join(', ')}` },
    replies,
  )
}
