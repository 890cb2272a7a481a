import {
  callsIn,
  evidenceOf,
  exchangeIdsOf,
  exchangesOf,
  placeOf,
  routeOf,
  type SeenCall,
} from '../diagnose/calls.ts'
import { dataOf, namesText } from '../diagnose/data.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { hasFailed } from '../model/row-events.ts'

/** The response said that all went well, and saving the session failed afterwards. */
export const notSavedThoughAnswered: Diagnosis = {
  id: 'not-saved-though-answered',
  kind: 'fault',
  title: {
    ja: '成功と答えた後で、セッションの保存に失敗した',
    en: 'the response said success, and the session could not be saved',
  },
  fix: {
    words: {
      ja: 'saveが終わってから答えます。',
      en: 'Save first, then answer.',
    },
    code: "req.session.save((error) => (error ? next(error) : res.send('thank you')))",
  },
  source: {
    title: 'express-session README, Session.save(callback)',
    url: 'https://github.com/expressjs/session#sessionsavecallback',
  },
  lab: { scenario: 'broken-store', variant: 'answers-first' },
  explains: ['store-call-failed', 'response-cut-off', 'read-before-saved', 'redirect-without-save'],
  find(seen) {
    const failed = exchangesOf(seen).flatMap(callsIn).filter(isUnseen)
    const [first] = failed
    if (!first?.exchange) return []
    const { call, exchange } = first
    const keys = namesText(Object.keys(dataOf(call.data) ?? {}))
    const error = (call.error ?? '')
      .split('\n')[0]
      ?.replace(/[\w+/=-]{20,}/g, '…')
      .slice(0, 160)
    return [
      {
        words: {
          ja: `${routeOf(exchange)}は${exchange.status}で答え、その後でセッション(${keys})の保存が失敗しました: ${error}`,
          en: `${routeOf(exchange)} answered ${exchange.status}, and saving the session (${keys}) failed afterwards: ${error}`,
        },
        evidence: [
          evidenceOf(
            first,
            'ヘッダーが出た後で、このsetが失敗しました。',
            'This set failed when the headers had left.',
          ),
        ],
        exchanges: exchangeIdsOf(failed),
        ...placeOf(seen.sessions.find(({ store }) => store === call.store)),
      },
    ]
  },
}

/** The failure came when the success had been told; and nothing saved it later. */
function isUnseen({ call, exchange, index }: SeenCall): boolean {
  if (!exchange || call.method !== 'set' || !hasFailed(call)) return false
  const { status, headAt, calls } = exchange
  const isSuccess = status !== null && status < 400 && headAt !== null
  const isSavedLater = calls.slice(index + 1).some(({ method, error }) => method === 'set' && error === null)
  return isSuccess && call.at + (call.duration ?? 0) > headAt && !isSavedLater
}
