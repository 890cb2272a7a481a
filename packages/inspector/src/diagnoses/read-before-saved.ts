import { evidenceOf, exchangeIdsOf, routeOf, type SeenCall, timeText } from '../diagnose/calls.ts'
import { dataOf, isSame, keysThatDiffer, namesText } from '../diagnose/data.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { callsDuring, type History, historiesOf } from '../diagnose/histories.ts'

interface Pair {
  save: SeenCall
  read: SeenCall
}

/** A request that came after the answer read the row before the save of that answer had ended. */
export const readBeforeSaved: Diagnosis = {
  id: 'read-before-saved',
  kind: 'fault',
  title: {
    ja: '保存が終わる前に、次のリクエストが古いセッションを読んだ',
    en: 'the next request read the session before it was saved',
  },
  fix: {
    words: {
      ja: '保存が終わってからレスポンス(リダイレクト)します。',
      en: 'Save first, and answer (redirect) when that is done.',
    },
    code: "req.session.save((error) => (error ? next(error) : res.redirect('/home')))",
  },
  source: {
    title: 'express-session README, Session.save(callback)',
    url: 'https://github.com/expressjs/session#sessionsavecallback',
  },
  lab: { scenario: 'redirect-save', variant: 'no-save' },
  explains: ['redirect-without-save', 'lost-update', 'rows-of-nobody'],
  find(seen) {
    const pairs = historiesOf(seen).flatMap(pairsIn)
    const [first] = pairs
    if (!first?.save.exchange || !first.read.exchange) return []
    const { save, read } = first
    const routes = [routeOf(first.save.exchange), routeOf(first.read.exchange)]
    const missing = namesText(missingIn(first))
    const took = timeText(save.ended - save.began)
    return [
      {
        words: {
          ja: `${routes[0]}は保存(${took})が終わる前に応答し、次の${routes[1]}は${missing}が入る前のレコードを読みました。`,
          en: `${routes[0]} answered before its save (${took}) had ended, and the next request, ${routes[1]}, read the row without ${missing}.`,
        },
        evidence: [
          read.call.data === null
            ? evidenceOf(read, 'レコードはまだありませんでした。', 'There was no row yet.')
            : evidenceOf(read, '古いレコードが返りました。', 'It was given the old row.'),
          evidenceOf(save, 'この保存は、その後で終わりました。', 'This save ended afterwards.'),
        ],
        exchanges: exchangeIdsOf(pairs.flatMap((pair) => [pair.save, pair.read])),
      },
    ]
  },
}

function pairsIn(history: History): Pair[] {
  return history.flatMap((save, place) => {
    const { exchange, call, isDone, isOutside } = save
    if (call.method !== 'set' || !isDone || isOutside || !exchange || exchange.headAt === null) return []
    const answered = exchange.at + exchange.headAt
    if (answered >= save.ended) return []
    const read = callsDuring(history, place).find(
      (each) =>
        each.call.method === 'get' &&
        each.exchange !== undefined &&
        each.exchange !== exchange &&
        each.exchange.at > Math.max(answered, save.began) &&
        each.isDone &&
        each.ended < save.ended &&
        missingIn({ save, read: each }).length > 0,
    )
    return read && !isKept(history, save) ? [{ save, read }] : []
  })
}

/** The keys of the save that the read did not see. */
function missingIn({ save, read }: Pair): string[] {
  const saved = dataOf(save.call.data)
  return saved ? keysThatDiffer(dataOf(read.call.data) ?? {}, saved) : []
}

/** Whether the save before had the very same content: regenerate, save and redirect save it once more. */
function isKept(history: History, save: SeenCall): boolean {
  const before = history.findLast(
    ({ call, isDone, ended }) => call.method === 'set' && isDone && ended <= save.began,
  )
  return before !== undefined && isSame(dataOf(before.call.data), dataOf(save.call.data))
}
