import {
  callsIn,
  evidenceOf,
  exchangeIdsOf,
  placeOf,
  routeOf,
  type SeenCall,
  timeText,
} from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { baseOf, type History, historiesOf, isAlone, nextReadAfter } from '../diagnose/histories.ts'
import { sawAll } from '../diagnose/seen.ts'
import { expiryOf } from '../model/expiry.ts'

/** save() wrote an expiry that was past: it came with the row that had been read. */
export const savedWithStaleExpiry: Diagnosis = {
  id: 'saved-with-stale-expiry',
  kind: 'fault',
  title: { ja: 'save()が、過ぎた期限を書いた', en: 'save() wrote an expiry that was past' },
  fix: {
    words: { ja: 'save()の前にtouch()を呼びます。', en: 'Call touch() before save().' },
    code: 'req.session.touch()\nreq.session.save(…)',
  },
  source: {
    title: 'express-session README, Session.touch()',
    url: 'https://github.com/expressjs/session#sessiontouch',
  },
  lab: { scenario: 'two-clocks', variant: 'stale-save' },
  explains: ['row-ends-while-in-use', 'rows-of-nobody', 'lost-update'],
  find(seen) {
    const stale = historiesOf(seen).flatMap((history) =>
      history.flatMap((save) => {
        const missed = isStale(history, save) ? lossAfter(history, save) : undefined
        return missed && sawAll(seen, save.began, missed.ended) ? [{ save, missed }] : []
      }),
    )
    const [first] = stale
    if (!first?.save.exchange) return []
    const { save, missed } = first
    const { exchange, began, call } = first.save
    const past = timeText(began - (expiryOf(call.data ?? '') ?? began))
    const read = callsIn(first.save.exchange).find(
      (one) => one.call.method === 'get' && one.call.sid === call.sid,
    )
    return [
      {
        words: {
          ja: `${routeOf(first.save.exchange)}のsave()は、${past}前に過ぎた期限のままレコードを書き、レコードはそこで消えました。読んだレコードの期限が古く、save()はそれを更新しません。`,
          en: `save() in ${routeOf(first.save.exchange)} wrote the row with an expiry that was ${past} past, and so ended it: the row had been read with an old expiry, and save() does not renew it.`,
        },
        evidence: [
          evidenceOf(save, 'このsetのcookie.expiresは過去です。', 'cookie.expires of this set is past.'),
          ...(exchange && read
            ? [evidenceOf(read, '古い期限はこのレコードから来ました。', 'The old expiry came with this row.')]
            : []),
          evidenceOf(missed, '次のgetはレコードを見つけませんでした。', 'The next get found no row.'),
        ],
        exchanges: exchangeIdsOf(stale.flatMap((one) => [one.save, one.missed])),
        ...placeOf(seen.sessions.find(({ store }) => store === call.store)),
      },
    ]
  },
}

/** Whoever ends a session by its expiry sets `originalMaxAge`, too; a new session is not read before. */
function isStale(history: History, one: SeenCall): boolean {
  const { call, began, isDone, exchange } = one
  if (call.method !== 'set' || !isDone || !exchange) return false
  const expires = expiryOf(call.data ?? '')
  return (
    typeof expires === 'number' &&
    expires < began &&
    lifetimeIn(call.data) > 0 &&
    baseOf(history, one)?.call.method === 'get'
  )
}

/** A store that goes by another clock loses nothing: the next read tells. */
function lossAfter(history: History, save: SeenCall): SeenCall | undefined {
  const next = nextReadAfter(history, save)
  return next && next.call.data === null && isAlone(history, save, next) ? next : undefined
}

function lifetimeIn(data: string | null): number {
  try {
    const { cookie } = JSON.parse(data ?? '') as { cookie?: { originalMaxAge?: number | null } }
    return cookie?.originalMaxAge ?? 0
  } catch {
    return 0
  }
}
