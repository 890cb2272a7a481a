import { isFresh, lineOf, type Setting, settings, writtenCookie } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { perSession, requestOf, shown } from '../diagnose/found.ts'

/** A new session's `Expires` is already past when it is sent. */
export const bornExpired: Diagnosis = {
  id: 'born-expired',
  kind: 'fault',
  title: {
    ja: '新しいセッションの期限が、はじめから過ぎている',
    en: 'new sessions have expired before they begin',
  },
  fix: {
    words: {
      ja: '決まった日時(expires)ではなく、長さをミリ秒のmaxAgeで指定します。',
      en: 'Give a length, maxAge in milliseconds, and no fixed date (expires).',
    },
    code: 'session({ …, cookie: { maxAge: 24 * 60 * 60 * 1000 } })',
  },
  source: {
    title: 'express-session README, cookie.expires',
    url: 'https://github.com/expressjs/session#cookieexpires',
  },
  lab: { scenario: 'expiry', variant: 'fixed-date' },
  explains: [
    ...['saved-with-stale-expiry', 'rows-of-nobody', 'row-ends-while-in-use', 'cookie-ends-while-in-use'],
    ...['parallel-first-requests', 'memory-store-forgot'],
  ],
  find(seen) {
    const past = settings(seen).filter((step) => isFresh(step) && isPast(step))
    return perSession(past, (first) => {
      const date = first.sessionSet?.expires ?? 0
      const text = new Date(date).toUTCString()
      return {
        words: {
          ja: `${requestOf(first)}が始めたセッションのCookieは、送った時点で期限(${text})を過ぎていて、ブラウザーはすぐに捨てます。`,
          en: `The cookie of the session that ${requestOf(first)} began had expired (${text}) when it was sent: browsers drop it at once.`,
        },
        evidence: [
          shown(
            first,
            lineOf(first.sessionSet),
            `レスポンスは${new Date(first.end).toUTCString()}です。`,
            `It was answered at ${new Date(first.end).toUTCString()}.`,
          ),
        ],
      }
    })
  },
}

/** `Expires` has whole seconds: what the row says is more exact. */
function isPast(step: Setting): boolean {
  const { expires } = step.sessionSet
  const sent = step.exchange.at + (step.exchange.headAt ?? 0)
  if (expires === null || expires > sent) return false
  const written = writtenCookie(step)
  if (!written) return expires <= sent - 1_000
  const exact = Date.parse(String(written['expires']))
  return Number(written['originalMaxAge']) <= 0 || exact <= sent
}
