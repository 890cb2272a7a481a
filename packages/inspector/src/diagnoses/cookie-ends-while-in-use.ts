import { long } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf, shown } from '../diagnose/found.ts'
import type { SeenStep } from '../diagnose/seen.ts'

/** The cookie came with each request of a browser until the expiry of its one Set-Cookie, and then no more. */
export const cookieEndsWhileInUse: Diagnosis = {
  id: 'cookie-ends-while-in-use',
  kind: 'fault',
  title: {
    ja: '使い続けているのに、Cookieが最初の期限で切れる',
    en: 'the cookie ends at its first expiry although the session is in use',
  },
  fix: {
    words: {
      ja: 'レスポンスのたびにCookieの期限を延ばします。',
      en: 'Have each response extend the cookie.',
    },
    code: 'session({ …, rolling: true })',
  },
  source: { title: 'express-session README, rolling', url: 'https://github.com/expressjs/session#rolling' },
  lab: { scenario: 'expiry' },
  explains: ['rows-of-nobody'],
  find({ steps }) {
    const ends = groups(steps).flatMap((own) => own.flatMap((step) => endOf(step, own) ?? []))
    const [first] = ends
    if (!first) return []
    const { set, last, next, idle } = first
    return [
      foundIn(
        ends.map((end) => end.next),
        {
          words: {
            ja: `${long(idle)}前の${requestOf(last)}には付いていたCookieが、${requestOf(next)}にはありません。${requestOf(set)}のSet-Cookieの期限が来て、そのあとのレスポンスは期限を延ばしていないからです。`,
            en: `${requestOf(last)}, ${long(idle)} before, had the cookie; ${requestOf(next)} has not. The Set-Cookie of ${requestOf(set)} has expired, and no response since extended it.`,
          },
          evidence: [
            shown(set, undefined, 'Cookieの期限は、ここで決まりました。', 'Here the cookie got its expiry.'),
            shown(
              last,
              undefined,
              'Cookieは届いていますが、レスポンスにSet-Cookieはありません。',
              'The cookie comes, and the response has no Set-Cookie.',
            ),
            shown(next, undefined, 'ここからCookieが届きません。', 'From here on the cookie stays away.'),
          ],
        },
      ),
    ]
  },
}

interface End {
  set: SeenStep
  last: SeenStep
  next: SeenStep
  idle: number
}

/** The steps of each client and session name, in the order in which they began. */
function groups(steps: readonly SeenStep[]): SeenStep[][] {
  const groups = new Map<string, SeenStep[]>()
  for (const step of steps) {
    if (!step.isOfSession) continue
    const key = `${step.client.key}\n${step.session.name}`
    groups.set(key, [...(groups.get(key) ?? []), step])
  }
  return [...groups.values()].map((own) => own.sort((one, other) => one.exchange.at - other.exchange.at))
}

/**
 * How a cookie ended: whoever looks like one browser had it in all requests until its expiry, and in the first one after
 * it no longer, though the pause was shorter than the lifetime.
 */
function endOf(set: SeenStep, own: readonly SeenStep[]): End | undefined {
  const { sessionSet, sid, end } = set
  const expires = sessionSet?.expires
  if (typeof expires !== 'number' || set.sessionCall?.rolling || expires <= end) return undefined
  const since = own.filter(({ exchange, exchange: { id } }) => exchange.at >= end && id !== set.exchange.id)
  const alive = since.filter(({ exchange }) => exchange.at < expires)
  const next = since.find(({ exchange }) => exchange.at >= expires)
  const last = alive.at(-1)
  if (!last || !next || next.sent.length > 0) return undefined
  const isOne = alive.every(({ sent, sessionSet: renewed }) => sent[0]?.sid === sid && !renewed)
  const idle = next.exchange.at - last.exchange.at
  return isOne && idle < (expires - end) * 0.95 ? { set, last, next, idle } : undefined
}
