import {
  callsIn,
  callsOutside,
  evidenceIn,
  evidenceOf,
  exchangesOf,
  idsOf,
  placeOf,
  routeOf,
} from '../diagnose/calls.ts'
import { dataOf, keysThatDiffer, namesText, undone } from '../diagnose/data.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { type Seen, type SeenStep, sawAll } from '../diagnose/seen.ts'

/** The session was changed when the response had ended: nobody saves it, or saves what no cookie leads to. */
export const writtenAfterEnd: Diagnosis = {
  id: 'written-after-end',
  kind: 'fault',
  title: {
    ja: '応答し終えた後でセッションに書いている',
    en: 'the session is written when the response has ended',
  },
  fix: {
    words: {
      ja: '処理が終わるのを待ってから応答します。',
      en: 'Wait for the work, then answer.',
    },
    code: "req.session.coupon = await lookUp(code)\nres.send('thank you')",
  },
  source: { title: 'expressjs/session#315', url: 'https://github.com/expressjs/session/issues/315' },
  lab: { scenario: 'session-methods', variant: 'after-the-end' },
  explains: ['written-outside-a-request', 'rows-of-nobody'],
  find(seen) {
    const late = seen.steps.flatMap((step) => {
      const orphan = orphanOf(step)
      const keys = orphan ? Object.keys(dataOf(orphan.call.data) ?? {}) : unsavedKeys(step, seen)
      return keys.length > 0 ? [{ step, orphan, keys }] : []
    })
    const [first] = late
    if (!first) return []
    const { orphan, step } = first
    const route = routeOf(step.exchange)
    const keys = namesText(first.keys)
    return [
      {
        words: orphan
          ? {
              ja: `${route}は応答し終えた後で${keys}を保存しました。この訪問者にはCookieが渡っていないので、そのレコードには誰も戻れません。`,
              en: `${route} saved ${keys} when its response had ended. This visitor was given no cookie, so nobody gets back to that row.`,
            }
          : {
              ja: `${route}は応答し終えた後で${keys}を書きました。express-sessionはレスポンスの終わりに保存するので、ストアには入っていません。`,
              en: `${route} wrote ${keys} when its response had ended. express-session saves at the end of the response, so the store never got it.`,
            },
        evidence: [
          orphan
            ? evidenceOf(orphan, 'このsetはレスポンスの後です。', 'This set came after the response.')
            : evidenceIn(
                step.exchange,
                'レスポンスの後のreq.sessionは、最後にストアへ渡されたものと違います。',
                'After the response req.session differs from what the store was last given.',
              ),
        ],
        exchanges: idsOf(late.map((one) => one.step)),
        ...placeOf(step.sessionCall),
      },
    ]
  },
}

/** The keys that were written and that no store has been given since. */
function unsavedKeys({ exchange, facts }: SeenStep, seen: Seen): string[] {
  const { at, calls, end, debug } = exchange
  const unsaved = dataOf(facts.unsaved ?? null)
  const isActing = debug.some((line) => line.startsWith('fetching ') || line.startsWith('no SID sent'))
  if (!sawAll(seen, at) || !unsaved || end !== 'finished' || !isActing || facts.unserialisable !== undefined)
    return []
  const last = calls.findLast(({ method, data }) => method !== 'destroy' && data !== null)
  const kept = dataOf(last?.data ?? null) ?? {}
  const others = [
    ...exchangesOf(seen)
      .filter((one) => one !== exchange)
      .flatMap(callsIn),
    ...callsOutside(seen),
  ]
  const isSavedLater = others.some(
    ({ call }) =>
      call.method === 'set' &&
      call.sid === last?.sid &&
      undone(kept, unsaved, dataOf(call.data) ?? {}).length === 0,
  )
  return isSavedLater ? [] : keysThatDiffer(kept, unsaved)
}

/** A row that was made after the response, of a session whose id the visitor was never given. */
function orphanOf({ exchange, sent, sessionSet }: SeenStep) {
  if (sessionSet) return undefined
  return callsIn(exchange).find(
    ({ call, isOutside, isDone }) =>
      call.method === 'set' &&
      isOutside &&
      isDone &&
      Object.keys(dataOf(call.data) ?? {}).length > 0 &&
      exchange.debug.includes(`saving ${call.sid}`) &&
      !sent.some(({ sid, state }) => sid === call.sid && state !== 'wrong'),
  )
}
