import { evidenceIn, grouped, placeOf, routeOf, timeText } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { type Seen, type SeenStep, sawAll } from '../diagnose/seen.ts'

const grace = 600 // ms: Expires has whole seconds
const uses = 2 // that came with the cookie

interface Ending {
  set: SeenStep
  use: SeenStep
  bare: SeenStep
  expires: number
}

/** The cookie expired although the session was in use: without rolling it is set once. */
export const cookieEndsWhileInUse: Diagnosis = {
  id: 'cookie-ends-while-in-use',
  kind: 'fault',
  title: {
    ja: '使用中のセッションのCookieが、期限で消えた',
    en: 'the cookie of a session in use has expired',
  },
  fix: {
    words: {
      ja: 'rolling: trueにすると、レスポンスのたびにCookieの期限が延びます。',
      en: 'With rolling: true each response extends the cookie.',
    },
    code: 'session({ …, rolling: true })',
  },
  source: { title: 'express-session README, rolling', url: 'https://github.com/expressjs/session#rolling' },
  lab: { scenario: 'expiry', variant: 'not-rolling' },
  explains: ['rows-of-nobody'],
  find(seen) {
    const groups = grouped(seen.steps, ({ client, session }) => `${client.key}\n${session.name}`)
    const endings = [...groups.values()].flatMap((steps) => endingsIn(steps, seen))
    const [first] = endings
    if (!first) return []
    const { set, use, bare, expires } = first
    const [idle, age] = [timeText(bare.exchange.at - use.end), timeText(expires - set.end)]
    const [from, with_, without] = [set, use, bare].map(({ exchange }) => routeOf(exchange))
    return [
      {
        words: {
          ja: `Cookieは${from}で渡されたきりで、使用中に期限(${age})が切れました。${with_}には付いていて、${idle}後の${without}には付いていません。`,
          en: `The cookie was last set by ${from}, and expired after ${age} while in use: ${with_} came with it, ${without} ${idle} later without.`,
        },
        evidence: [
          evidenceIn(bare.exchange, 'Cookieがありません。', 'No cookie any more.', 'Cookie'),
          evidenceIn(
            use.exchange,
            'Cookieは届きましたが、レスポンスは期限を延ばしていません。',
            'The cookie came, and the response did not extend it.',
          ),
          evidenceIn(
            set.exchange,
            'Cookieが渡されたレスポンスです。',
            'The response that set it.',
            'Set-Cookie',
          ),
        ],
        exchanges: endings.map((one) => one.bare.exchange.id),
        ...placeOf(set.sessionCall),
      },
    ]
  },
}

/**
 * Of browsers that cannot be told apart from outside: a request without a cookie is one that lost it only where it asks
 * for what the other had asked for just before, and where nobody else had come without.
 */
function endingsIn(steps: readonly SeenStep[], seen: Seen): Ending[] {
  return steps.flatMap((bare, at) => {
    if (!bare.isOfSession || bare.sent.length > 0) return []
    const before = steps.slice(0, at)
    return before.flatMap((set, place) => {
      const expires = set.sessionSet?.expires
      if (typeof expires !== 'number' || set.sessionCall?.rolling === true) return []
      const since = before.slice(place + 1)
      const own = since.filter(({ sent }) => sent[0]?.sid === set.sid)
      const use = own.at(-1)
      if (!use || own.length < uses || own.some(isSetOrCleared) || !sawAll(seen, set.exchange.at)) return []
      return isTheSame({ set, use, bare, expires }, own, since, steps) ? [{ set, use, bare, expires }] : []
    })
  })
}

const isSetOrCleared = ({ setCookies, session, exchange }: SeenStep): boolean =>
  setCookies.some(({ name }) => name === session.name) ||
  exchange.calls.some(({ method }) => method === 'destroy')

function isTheSame(
  { set, use, bare, expires }: Ending,
  own: readonly SeenStep[],
  since: readonly SeenStep[],
  steps: readonly SeenStep[],
): boolean {
  const lifetime = expires - set.end
  const { at } = bare.exchange
  const isOver = at > expires - grace && at - use.end < lifetime - grace && use.exchange.at < expires
  const gaps = own.map((step, index) => step.exchange.at - (own[index - 1] ?? set).exchange.at)
  const isInStep = at - use.exchange.at < 2 * Math.max(...gaps) + grace
  const isOfSamePage = own.some(({ exchange }) => routeOf(exchange) === routeOf(bare.exchange))
  const isFirst = !since.some((step) => step.isOfSession && step.sent.length === 0)
  const isGone = !steps.some(
    ({ exchange, sent }) => exchange.at > use.exchange.at && sent[0]?.sid === set.sid,
  )
  return isOver && isInStep && isOfSamePage && isFirst && isGone
}
