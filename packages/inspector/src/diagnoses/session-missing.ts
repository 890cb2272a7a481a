import { evidenceIn, exchangesOf, idsOf, routeOf } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { type Seen, type SeenStep, sawAllOfRecord } from '../diagnose/seen.ts'
import type { Exchange } from '../exchange.ts'

/** A handler asked for `req.session` where no session() had run: it is mounted after it, or not for this path. */
export const sessionMissing: Diagnosis = {
  id: 'session-missing',
  kind: 'fault',
  title: {
    ja: 'session()を通らない場所でreq.sessionを使っている',
    en: 'req.session is used where session() has not run',
  },
  fix: {
    words: {
      ja: 'session()を、セッションを使うルートとpassportより前に、そのパスにも効くように置きます。',
      en: 'Mount session() above the routes that use it and above passport, for their paths too.',
    },
    code: 'app.use(session({ … }))\napp.use(passport.session())\napp.get(…)',
  },
  source: { title: 'Express, Using middleware', url: 'https://expressjs.com/en/guide/using-middleware.html' },
  lab: { scenario: 'order', variant: 'after-route' },
  find(seen) {
    const missed = seen.steps.filter((step) => isMissing(step, seen))
    const [first] = missed
    if (!first) return []
    const { exchange } = first
    const where = placeOf(exchange, seen)
    return [
      {
        words: {
          ja: `${routeOf(exchange)}はreq.sessionを読みましたが、その前にsession()を通っていないのでundefinedでした(レスポンス${exchange.status ?? 'なし'})。`,
          en: `${routeOf(exchange)} read req.session, and no session() had run before: it was undefined (status ${exchange.status ?? 'none'}).`,
        },
        evidence: missed
          .slice(0, 3)
          .map((one) =>
            evidenceIn(
              one.exchange,
              'session()を通った記録がないのに、req.sessionが読まれました。',
              'It went through no session(), and req.session was read.',
            ),
          ),
        exchanges: idsOf(missed),
        ...(where !== undefined && { where }),
      },
    ]
  },
}

/** Where the app looks whether there is one (a logger above session(), preflights) nothing is missing. */
function isMissing({ exchange, facts }: SeenStep, seen: Seen): boolean {
  const { sessions, method, status, cookie } = exchange
  if (!facts.isMissed || sessions.length > 0 || method === 'OPTIONS' || seen.sessions.length === 0)
    return false
  const isReached = exchangesOf(seen).some((other) => other.sessions.length > 0)
  if (!isReached && !sawAllOfRecord(seen)) return false
  const isFromPackage = facts.missedAt === undefined
  if (!isFromPackage && placeOf(exchange, seen) === undefined) return false
  if (status === null || status >= 500) return true
  const isOurs = seen.sessions.some(({ name }) => cookie?.includes(`${name}=`))
  return !isFromPackage && isOurs && status !== 404
}

/** Where it was read, and not also on the way to a session(). */
function placeOf({ facts }: Exchange, seen: Seen): string | undefined {
  const others = exchangesOf(seen).filter(({ sessions }) => sessions.length > 0)
  const isOnTheWay = (place: string) => others.some((other) => other.facts?.missedAt?.includes(place))
  return facts?.missedAt?.find((place) => !isOnTheWay(place))
}
