import { offers } from '../calls.ts'
import { type Claim, holds, type Json, no, withoutMethod, yes } from '../claim.ts'
import { asJson, sessionOf } from '../context.ts'

/** all, length and clear: not needed by session(), but if there, as documented. */
export const optionalClaims: readonly Claim[] = [
  {
    id: 'optional.length',
    title: { ja: 'lengthはセッションの数を渡す', en: 'length gives the number of sessions' },
    kind: 'promise',
    async check({ store, calls }) {
      if (!offers(store, 'length')) return withoutMethod('length')
      const before = await calls.length()
      for (const n of [1, 2, 3]) await calls.set(`optional-length-${n}`, sessionOf({ n }))
      const after = await calls.length()
      const evidence = { before: String(before), 'after three more': String(after) }
      if (typeof before !== 'number' || typeof after !== 'number')
        return no({ ja: `数でなく ${after} を渡す`, en: `it gives ${after}, which is no number` }, evidence)
      return holds(
        after - before === 3,
        {
          ja: `3つ増やしたら ${before} が ${after} になった`,
          en: `with three more, ${before} became ${after}`,
        },
        evidence,
      )
    },
  },
  {
    id: 'optional.all',
    title: { ja: 'allはセッションの配列を渡す', en: 'all gives an array of sessions' },
    kind: 'promise',
    async check({ store, calls }) {
      if (!offers(store, 'all')) return withoutMethod('all')
      for (const n of [1, 2, 3]) await calls.set(`optional-all-${n}`, sessionOf({ optional: n }))
      const all = await calls.all()
      if (typeof all !== 'object' || all === null)
        return no({ ja: `${typeof all} を渡す`, en: `it gives ${all === null ? 'null' : typeof all}` }, null)
      const found = Object.values(all).filter(isOwn)
      const one = (found[0] === undefined ? null : asJson(found[0])) as Json
      const evidence = { shape: Array.isArray(all) ? 'array' : 'object', of: Object.values(all).length, one }
      if (!Array.isArray(all)) {
        const instead = {
          ja: '配列でなく、sidをキーとするオブジェクトを渡す',
          en: 'it gives an object with the sids as keys, no array',
        }
        return no(instead, evidence)
      }
      if (found.length === 3) return yes(evidence)
      const other = all.length === 0 ? null : (asJson(all.at(-1)) ?? null)
      return no(
        {
          ja: `要素がセッションでないか、足りない(${found.length}/3)`,
          en: `its elements are no sessions, or some are missing (${found.length} of 3)`,
        },
        { ...evidence, one: other },
      )
    },
  },
  {
    id: 'optional.clear',
    title: { ja: 'clearはすべてのセッションを消す', en: 'clear removes all sessions' },
    kind: 'promise',
    async check({ store, calls }) {
      if (!offers(store, 'clear')) return withoutMethod('clear')
      const sids = ['optional-clear-1', 'optional-clear-2']
      for (const sid of sids) await calls.set(sid, sessionOf({ n: 1 }))
      await calls.clear()
      const left = []
      for (const sid of sids) if (await calls.get(sid)) left.push(sid)
      if (left.length > 0) return no({ ja: 'まだgetで返る', en: 'get still hands them out' }, left)
      await calls.set('optional-clear-3', sessionOf({ n: 3 }))
      const after = (await calls.get('optional-clear-3'))?.['n']
      return holds(after === 3, { ja: 'clearのあとsetできない', en: 'after clear, set does not work' }, null)
    },
  },
]

const isOwn = (value: unknown) => typeof value === 'object' && value !== null && 'optional' in value
