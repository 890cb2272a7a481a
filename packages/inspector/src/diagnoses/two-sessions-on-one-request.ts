import { evidenceIn, grouped, idsOf, placeOf, routeOf } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import type { Seen, SeenStep } from '../diagnose/seen.ts'
import type { SessionCall } from '../exchange.ts'

/** Two session() calls were reached by one request: the later one steps aside, with all that it was told. */
export const twoSessionsOnOneRequest: Diagnosis = {
  id: 'two-sessions-on-one-request',
  kind: 'risk',
  title: {
    ja: '一つのリクエストに二つのsession()が掛かっている',
    en: 'two session() calls on one request',
  },
  fix: {
    words: {
      ja: 'session()は一つにするか、パスを分けます。',
      en: 'Use one session(), or paths that do not overlap.',
    },
    code: "app.use('/shop', session({ name: 'shop.sid', … }))\napp.use('/desk', session({ name: 'desk.sid', … }))",
  },
  source: { title: 'expressjs/session#497', url: 'https://github.com/expressjs/session/issues/497' },
  lab: { scenario: 'order', variant: 'twice' },
  find(seen) {
    const both = seen.steps.flatMap((step) => {
      const pair = pairOf(step, seen)
      return pair ? [{ step, ...pair }] : []
    })
    const groups = grouped(both, ({ acting, idle }) => `${labelOf(acting)}\n${labelOf(idle)}`)
    return [...groups.entries()].flatMap(([about, all]) => {
      const [first] = all
      if (!first) return []
      const { step, acting, idle } = first
      const [one, other] = [labelOf(acting), labelOf(idle)]
      const again =
        one === other ? { ja: '(別の設定で再び)', en: ' (again, told otherwise)' } : { ja: '', en: '' }
      return [
        {
          about,
          words: {
            ja: `${routeOf(step.exchange)}は${one}と${other}${again.ja}の両方を通りました。先に通った${acting.name}だけが働き、${idle.name}の設定は使われません。`,
            en: `${routeOf(step.exchange)} went through both ${one} and ${other}${again.en}: only the first, ${acting.name}, acts, and what ${idle.name} was told has no effect.`,
          },
          evidence: [
            evidenceIn(
              step.exchange,
              'session()を二つ通り、req.sessionは一つ目のものです。',
              'It went through two session() calls; req.session is that of the first.',
            ),
          ],
          exchanges: idsOf(all.map((each) => each.step)),
          ...placeOf(idle),
        },
      ]
    })
  },
}

const labelOf = ({ name, where }: SessionCall): string => (where === undefined ? name : `${name} (${where})`)

/** The one that acted, and one that came later and was told something else. */
function pairOf(
  { exchange }: SeenStep,
  { sessions }: Seen,
): { acting: SessionCall; idle: SessionCall } | undefined {
  const { debug, processes } = exchange
  const pid = processes?.at(-1)?.pid
  const reached = exchange.sessions.flatMap(
    (number) => sessions.find((one) => one.number === number && (pid ?? one.pid) === one.pid) ?? [],
  )
  const steppedAside = ['pathname mismatch', 'store is disconnected']
  const aside = debug.filter((line) => steppedAside.includes(line)).length
  const [acting, ...later] = reached.slice(aside)
  const idle = acting && later.find((one) => one.number !== acting.number && !isSameCall(one, acting))
  return acting && idle ? { acting, idle } : undefined
}

/** The same line of the app, called for each router and told the same: the second one would do nothing else. */
const isSameCall = (one: SessionCall, other: SessionCall): boolean =>
  one.where !== undefined && one.where === other.where && toldOf(one) === toldOf(other)

const toldOf = ({ name, cookie, resave, saveUninitialized, rolling, unset, proxy }: SessionCall): string =>
  JSON.stringify([name, cookie, resave, saveUninitialized, rolling, unset, proxy])
