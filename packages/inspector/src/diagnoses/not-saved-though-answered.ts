import { exchangesOf, nameOf, shownCall, type TimedCall, timedCalls } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { hasFailed } from '../model/row-events.ts'

/** The response was a success, and saving the session failed after it had left. */
export const notSavedThoughAnswered: Diagnosis = {
  id: 'not-saved-though-answered',
  kind: 'fault',
  title: {
    ja: '成功と答えたあとで、セッションの保存に失敗している',
    en: 'the response says success, and saving the session fails',
  },
  fix: {
    words: {
      ja: '保存を確かめてから答えます。',
      en: 'Save, and then answer.',
    },
    code: "req.session.save((error) => (error ? next(error) : res.send('…')))",
  },
  source: {
    title: 'express-session README, Session.save',
    url: 'https://github.com/expressjs/session#sessionsavecallback',
  },
  lab: { scenario: 'store-contract' },
  explains: ['store-call-failed'],
  find(seen) {
    const calls = timedCalls(seen)
    const unsaved = calls.filter((one) => isUnsaved(one, calls))
    const [first] = unsaved
    if (!first) return []
    const status = first.exchange?.status
    return [
      {
        words: {
          ja: `${nameOf(first, 'ja')}は失敗しましたが、訪問者には${status}(成功)が届いています。`,
          en: `${nameOf(first, 'en')} failed, and the visitor got a ${status}, a success.`,
        },
        evidence: [
          shownCall(
            first,
            'レスポンスのヘッダーは、この失敗より前に出ていました。',
            'The headers of the response had left before.',
          ),
        ],
        exchanges: exchangesOf(unsaved),
      },
    ]
  },
}

/** A save that failed when the head of a success had left, and was not made good by another. */
function isUnsaved({ call, exchange }: TimedCall, calls: readonly TimedCall[]): boolean {
  if (call.method !== 'set' || !hasFailed(call) || !exchange) return false
  const { status, headAt } = exchange
  const isSuccess = status !== null && status < 400 && headAt !== null
  const isMadeGood = calls.some(
    (one) =>
      one.exchange === exchange &&
      one.call.method === 'set' &&
      one.call.error === null &&
      one.call.at >= call.at,
  )
  return isSuccess && headAt <= call.at + (call.duration ?? 0) && !isMadeGood
}
