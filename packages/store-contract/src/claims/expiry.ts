import { setTimeout as pause } from 'node:timers/promises'
import { type Claim, cannotTell, holds, no, yes } from '../claim.ts'
import { sessionOf } from '../context.ts'

/** ms: long enough for a busy machine to touch a row before its end. */
export const short = 2_000
/** ms after a set by which a row of `short` has ended, also where a store counts in whole seconds. */
export const wellPast = 4_500
const long = 60_000
/** ms that a row lasts which is read until its end, and after which one that nobody reads has ended. */
const read = 4_000
const readPast = 5_300
/** ms by which a row may end too early, where a store counts in whole seconds. */
const wholeSecond = 1_100

/** The row expires by itself, whether or not the browser still has its cookie. */
export const expiryClaims: readonly Claim[] = [
  {
    id: 'expiry.row',
    title: {
      ja: '期限を過ぎたレコードをgetは渡さない(ブラウザーのCookieとは別に)',
      en: 'get does not hand out a row past its expiry, whatever the browser still has',
    },
    kind: 'promise',
    waits: true,
    async check({ calls }) {
      const begin = Date.now()
      await calls.set('expiry-row', sessionOf({ n: 1 }, short))
      const first = await calls.get('expiry-row')
      if (!first)
        return Date.now() - begin < short
          ? no({ ja: '期限の前から返らない', en: 'it is gone before its expiry' }, null)
          : cannotTell(tooSlow)
      while (Date.now() - begin < wellPast) {
        await pause(100)
        if (await calls.get('expiry-row')) continue
        const gone = Date.now() - begin
        const evidence = {
          maxAge: `${short} ms`,
          'gone after, to half a second': `${Math.round(gone / 500) / 2} s`,
        }
        return gone < short - wholeSecond
          ? no({ ja: '期限の前に消えた', en: 'it is gone before its expiry' }, evidence)
          : yes(evidence)
      }
      const instead = {
        ja: `maxAgeが${short / 1000}秒のレコードを${wellPast / 1000}秒たっても渡した`,
        en: `a row with a maxAge of ${short / 1000} s was handed out after ${wellPast / 1000} s`,
      }
      return no(instead, { maxAge: `${short} ms`, 'still there after': `${wellPast} ms` })
    },
  },
  {
    id: 'expiry.none',
    title: {
      ja: '期限のないセッションは残っている',
      en: 'a session without expiry stays',
    },
    kind: 'promise',
    waits: true,
    async check({ calls }) {
      await calls.set('expiry-none', sessionOf({ n: 1 }, null))
      await pause(wellPast)
      const found = await calls.get('expiry-none')
      return holds(
        found?.['n'] === 1,
        { ja: `${wellPast / 1000}秒後にない`, en: `it is gone after ${wellPast / 1000} s` },
        null,
      )
    },
  },
  {
    id: 'expiry.read',
    title: {
      ja: 'getは何も変えない(レコードも、その期限も)',
      en: 'get changes nothing: neither the row nor its expiry',
    },
    kind: 'promise',
    waits: true,
    async check({ calls, adapter }) {
      const [sid, control] = ['expiry-read', 'expiry-read-control']
      const begin = Date.now()
      const age = () => Date.now() - begin
      await calls.set(control, sessionOf({ n: 0 }, read))
      await calls.set(sid, sessionOf({ n: 1 }, read))
      const another = await adapter.another?.()
      const before = await another?.row(sid)
      let after: string | null | undefined
      let count = 0
      let last = age()
      try {
        for (; age() < read - 200; count++) {
          last = age()
          const found = await calls.get(sid)
          if (found?.['n'] !== 1 && age() < read - wholeSecond)
            return no({ ja: 'getを繰り返したらなくなった', en: 'it went while get was repeated' }, { count })
          // at half its time: a busy machine may be late at its end
          if (last > read / 2) after ??= await another?.row(sid)
          await pause(100)
        }
        if (typeof before === 'string' && typeof after === 'string' && before !== after)
          return no({ ja: 'getがレコードを書き換えた', en: 'get has rewritten the row' }, { before, after })
      } finally {
        await another?.close()
      }
      await pause(readPast - age())
      const [kept, found] = [await calls.get(control), await calls.get(sid)]
      // a row whose expiry the last get had made later would end from then on
      if (age() > last + read - wholeSecond) return cannotTell(tooSlow)
      if (kept) return cannotTell(neverEnds)
      return holds(
        found === null,
        { ja: 'getが期限を延ばした', en: 'get made its expiry later' },
        { maxAge: `${read} ms`, 'times read': count },
      )
    },
  },
  {
    id: 'expiry.longer',
    title: { ja: 'setし直すと期限が延びる', en: 'another set makes the expiry later' },
    kind: 'promise',
    waits: true,
    async check({ calls }) {
      await calls.set('expiry-longer-control', sessionOf({ n: 0 }, short))
      await calls.set('expiry-longer', sessionOf({ n: 1 }, short))
      await calls.set('expiry-longer', sessionOf({ n: 2 }, long))
      await pause(wellPast)
      if (await calls.get('expiry-longer-control')) return cannotTell(neverEnds)
      const found = await calls.get('expiry-longer')
      return holds(found?.['n'] === 2, { ja: '初めの期限で消えた', en: 'it went at its first expiry' }, null)
    },
  },
  {
    id: 'expiry.shorter',
    title: { ja: 'setし直すと期限が早まる', en: 'another set makes the expiry earlier' },
    kind: 'promise',
    waits: true,
    async check({ calls }) {
      await calls.set('expiry-shorter-control', sessionOf({ n: 0 }, short))
      await calls.set('expiry-shorter', sessionOf({ n: 1 }, long))
      await calls.set('expiry-shorter', sessionOf({ n: 2 }, short))
      await pause(wellPast)
      if (await calls.get('expiry-shorter-control')) return cannotTell(neverEnds)
      const found = await calls.get('expiry-shorter')
      return holds(
        found === null,
        { ja: '早めた期限を過ぎても渡した', en: 'it was handed out past the earlier expiry' },
        null,
      )
    },
  },
]

const tooSlow = {
  ja: 'このマシンが遅すぎて期限の前に見られなかった',
  en: 'this machine was too slow to look before the expiry',
}

/** Where no row ends, nothing can be said about a change of its end. */
export const neverEnds = {
  ja: '期限を過ぎたレコードも渡されるので、期限が変わったかわからない',
  en: 'a row past its expiry is handed out anyway: whether the expiry has changed does not show',
}
