import { usual } from '../watch/sampling.ts'
import type { Language, Words } from './words.ts'

/** Requests that passed unrecorded; times as text. */
interface Told {
  count: number
  from: string
  to: string
}

const { perSecond } = usual

const ja = {
  /** What a reader of findings has to know of them. */
  sum: ({ count, from, to }: Told) =>
    `リクエストが1秒に${perSecond}件を超えて続いたため、${from}から${to}までに${number(count)}件を記録せずに通しました。その間に起きたことは「わからない」とし、何かが起きなかったことを証拠にする診断は、その間をまたいでは行っていません。`,
  short: (count: number) => `記録せずに通した${number(count)}件のリクエスト`,
  began: `リクエストが1秒に${perSecond}件を超えて続くため、一部だけを記録します(すべてを記録するには--allかSESSION_INSPECTOR_ALL=yes)。`,
}

const en: typeof ja = {
  sum: ({ count, from, to }) =>
    `${requests(count)} passed unrecorded from ${from} to ${to}: more than ${perSecond} a second went on coming. What happened meanwhile counts as not known, and nothing was found across it that rests on what did not happen.`,
  short: (count) => `${requests(count)} passed unrecorded`,
  began: `more than ${perSecond} requests a second go on coming, and only some of them are recorded (--all or SESSION_INSPECTOR_ALL=yes records every one).`,
}

const number = (count: number) => count.toLocaleString('en')
const requests = (count: number) => `${number(count)} ${count === 1 ? 'request' : 'requests'}`

/** What is said of requests that passed unrecorded. */
export const passedWords: Readonly<Record<Language, typeof ja>> = { ja, en }

const clock = new Intl.DateTimeFormat('en', {
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
})

/** The same with its times as text. */
export const timed = ({ count, from, to }: { count: number; from: number; to: number }): Told => ({
  count,
  from: clock.format(from),
  to: clock.format(to),
})

/** A row or cookie of which nobody knows what became of it. */
export const unrecordedRowWords: Words = {
  ja: 'このあとに、記録せずに通したリクエストがあるので、いまレコードがあるかどうかはわかりません。',
  en: 'Requests have passed unrecorded since: whether the row is there now is not known.',
}

export const unrecordedCookieWords: Words = {
  ja: 'このあとに、記録せずに通したリクエストがあるので、ブラウザーがいまどのCookieを持っているかはわかりません → 次に記録されるリクエストでわかります。',
  en: 'Requests have passed unrecorded since: which cookie the browser has now is not known → the next request that is recorded tells.',
}
