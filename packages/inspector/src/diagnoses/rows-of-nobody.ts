import { bySession, type TimedCall, timedCalls } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf, shown } from '../diagnose/found.ts'
import type { SeenStep } from '../diagnose/seen.ts'

const fewest = 8 // rows
const share = 0.8 // of the plain visits without a cookie

/** Plain visits without a cookie each leave a row that nobody ever reads. */
export const rowsOfNobody: Diagnosis = {
  id: 'rows-of-nobody',
  kind: 'risk',
  title: {
    ja: '戻ってこない訪問のたびに、レコードが残る',
    en: 'visits that never come back each leave a record',
  },
  fix: {
    words: {
      ja: '何もしていない訪問者のセッションには、何も書かず、保存もしません。',
      en: 'Neither write nor save the session of a visitor who did nothing.',
    },
    code: 'session({ …, saveUninitialized: false })',
  },
  source: {
    title: 'express-session README, saveUninitialized',
    url: 'https://github.com/expressjs/session#saveuninitialized',
  },
  lab: { scenario: 'save-uninitialized' },
  find(seen) {
    const visits = seen.steps.filter(isPlainVisit)
    const lonely = new Set(bySession(timedCalls(seen)).flatMap((calls) => lonelyRow(calls) ?? []))
    const leaving = visits.filter((step) => lonely.has(step))
    const [first] = leaving
    if (!first || leaving.length < fewest || leaving.length < visits.length * share) return []
    const isEmpty = first.sessionCall?.saveUninitialized !== false
    return [
      foundIn(leaving, {
        words: {
          ja: `Cookieのない${requestOf(first)}などが${leaving.length}回来て、そのたびにレコードが1つ残りました。${isEmpty ? 'saveUninitializedがfalseではありません' : '新しいセッションに、必ず何かを書いています'}。`,
          en: `${leaving.length} visits without a cookie, as ${requestOf(first)}, each left a record: ${isEmpty ? 'saveUninitialized is not false' : 'something is written to every new session'}.`,
        },
        evidence: [
          shown(
            first,
            undefined,
            'ここで作られたレコードは、一度も読まれていません。',
            'The record that was made here has never been read.',
          ),
        ],
      }),
    ]
  },
}

/** Somebody just looks: a GET without a cookie that reached the session. */
const isPlainVisit = ({ exchange, sent, isOfSession }: SeenStep): boolean =>
  isOfSession &&
  sent.length === 0 &&
  (exchange.method === 'GET' || exchange.method === 'HEAD') &&
  exchange.calls.length > 0

/** The step that made a row which is written once and never read. */
function lonelyRow(calls: readonly TimedCall[]): SeenStep | undefined {
  const [first] = calls
  const isRead = calls.some(({ call }) => call.method === 'get' || call.method === 'destroy')
  const isOne = calls.every(({ exchange }) => exchange === first?.exchange)
  return first?.call.method === 'set' && !isRead && isOne ? first.step : undefined
}
