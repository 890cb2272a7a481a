import { exchangesOf, nameOf, shownCall, type TimedCall, timedCalls } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { hasFailed } from '../model/row-events.ts'

const longestError = 200 // characters

/** A call on the store came back with an error. */
export const storeCallFailed: Diagnosis = {
  id: 'store-call-failed',
  kind: 'fault',
  title: {
    ja: 'ストアの呼び出しが失敗している',
    en: 'a call on the store fails',
  },
  fix: {
    words: {
      ja: 'エラーの内容に従います。つなぎ先、認証、テーブルの有無、接続数の上限を確かめてください。',
      en: 'As the error says: check the address, the credentials, the table, the number of connections.',
    },
    code: "store.on('error', (error) => console.error(error))",
  },
  source: {
    title: 'express-session README, Session Store Implementation',
    url: 'https://github.com/expressjs/session#session-store-implementation',
  },
  lab: { scenario: 'store-contract' },
  find(seen) {
    const failed = timedCalls(seen).filter((one) => hasFailed(one.call) && !isElsewhere(one))
    const [first] = failed
    if (!first) return []
    return [
      {
        words: {
          ja: `${nameOf(first, 'ja')}が失敗しました。`,
          en: `${nameOf(first, 'en')} failed.`,
        },
        evidence: [
          {
            ...shownCall(first, 'ストアが返したエラーです。', 'The error that the store gave.'),
            ...lineOf(first),
          },
        ],
        exchanges: exchangesOf(failed),
      },
    ]
  },
}

/** Whether the app says so itself (503), or the session could not become JSON. */
const isElsewhere = ({ call, exchange }: TimedCall) =>
  exchange?.status === 503 || call.data?.startsWith('(') === true

const lineOf = ({ call }: TimedCall) => {
  const text = call.error?.split('\n')[0]?.replaceAll(call.sid, '…').slice(0, longestError)
  return text ? { line: text } : {}
}
