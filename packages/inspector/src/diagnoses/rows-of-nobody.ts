import { callsIn, evidenceIn, grouped, idsOf, placeOf, routeOf } from '../diagnose/calls.ts'
import { dataOf, namesText } from '../diagnose/data.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { type SeenStep, sawAll } from '../diagnose/seen.ts'

const many = 6 // rows

/** Visitors who never come back with their cookie each leave a row. */
export const rowsOfNobody: Diagnosis = {
  id: 'rows-of-nobody',
  kind: 'risk',
  title: {
    ja: '何もしていない訪問者ごとにレコードが残る',
    en: 'visitors who did nothing each leave a row',
  },
  fix: {
    words: {
      ja: 'saveUninitialized: falseにし、何もしていない訪問者のセッションには書きません。',
      en: 'Use saveUninitialized: false, and write nothing to the session of a visitor who did nothing.',
    },
    code: 'session({ …, saveUninitialized: false })',
  },
  source: {
    title: 'express-session README, saveUninitialized',
    url: 'https://github.com/expressjs/session#saveuninitialized',
  },
  lab: { scenario: 'save-uninitialized', variant: 'save-all' },
  find(seen) {
    const { steps } = seen
    const used = new Set(steps.flatMap(({ sent }) => sent.map(({ sid }) => sid)))
    return [...grouped(steps, ({ session }) => session.name ?? '').entries()].flatMap(([about, all]) => {
      const made = all.filter((step) => rowOf(step) !== undefined)
      const left = made.filter(
        ({ sid, exchange }) => sid !== null && !used.has(sid) && sawAll(seen, exchange.at),
      )
      const [first] = left
      if (!first || left.length < many || left.length < made.length / 2) return []
      const keys = Object.keys(dataOf(rowOf(first)?.data ?? null) ?? {})
      const route = routeOf(first.exchange)
      const [ja, en] =
        keys.length === 0
          ? ['レコードは空です(saveUninitializedが有効)', 'the rows are empty (saveUninitialized is on)']
          : [`レコードには${namesText(keys)}があります`, `the rows hold ${namesText(keys)}`]
      return [
        {
          about,
          words: {
            ja: `Cookieのない${left.length}件のGET(${route}など)がそれぞれレコードを作り、どのidも戻ってきませんでした。${ja}。`,
            en: `${left.length} GETs without a cookie (${route}, for one) each made a row, and none of the ids came back; ${en}.`,
          },
          evidence: left
            .slice(0, 3)
            .map(({ exchange }) =>
              evidenceIn(
                exchange,
                'レコードができ、そのidは二度と来ていません。',
                'It made a row whose id never came.',
                'Set-Cookie',
              ),
            ),
          exchanges: idsOf(left),
          ...placeOf(first.sessionCall),
        },
      ]
    })
  },
}

/** The row that a request without a cookie made, which asked for nothing but a page. */
function rowOf({ exchange, sent, sessionSet, sid }: SeenStep) {
  const isVisit = (exchange.method === 'GET' || exchange.method === 'HEAD') && sent.length === 0
  if (!isVisit || !sessionSet) return undefined
  return callsIn(exchange).find(({ call, isDone }) => call.method === 'set' && isDone && call.sid === sid)
    ?.call
}
