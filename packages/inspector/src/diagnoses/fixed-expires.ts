import { isFresh, type Setting, settings, writtenCookie } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { perSession, requestOf, shown } from '../diagnose/found.ts'

const apart = 500 // ms: two that began that far apart do not end together by accident
const close = 50 // ms: express-session makes a length of the date and a date of the length, and time passes
const far = 366 * 86_400_000 // ms: whoever gives a date beyond a year means "never"

/** All sessions end at the same moment. */
export const fixedExpires: Diagnosis = {
  id: 'fixed-expires',
  kind: 'fault',
  title: {
    ja: 'すべてのセッションが、同じ日時に切れる',
    en: 'all sessions end at the same moment',
  },
  fix: {
    words: {
      ja: 'expiresの日時はsession()を呼んだときに一度決まるだけです。maxAgeで長さを指定します。',
      en: 'The date in expires is made once, when session() is called. Give a length with maxAge.',
    },
    code: 'session({ …, cookie: { maxAge: 24 * 60 * 60 * 1000 } })',
  },
  source: {
    title: 'express-session README, cookie.expires',
    url: 'https://github.com/expressjs/session#cookieexpires',
  },
  lab: { scenario: 'expiry', variant: 'fixed-date' },
  explains: ['born-expired', 'cookie-ends-while-in-use', 'row-ends-while-in-use', 'saved-with-stale-expiry'],
  find(seen) {
    const fresh = settings(seen).filter((step) => isFresh(step) && expiryOf(step) !== undefined)
    const shared = fresh.filter((step) => fresh.some((other) => isSame(step, other)))
    return perSession(shared, (first, all) => {
      const [one, other] = [first, all.find((step) => isSame(first, step)) ?? first]
      const text = one.sessionSet?.expires ? new Date(one.sessionSet.expires).toUTCString() : ''
      const seconds = Math.abs(other.exchange.at - one.exchange.at) / 1000
      return {
        words: {
          ja: `${seconds.toFixed(1)}秒離れて始まった2つのセッション(${requestOf(one)}と${requestOf(other)})の期限が、どちらも${text}です。`,
          en: `Two sessions that began ${seconds.toFixed(1)} s apart (${requestOf(one)}, ${requestOf(other)}) both expire at ${text}.`,
        },
        evidence: [one, other].map((step) =>
          shown(step, `Set-Cookie: …; Expires=${text}`, '期限が同じです。', 'The same expiry.'),
        ),
      }
    })
  },
}

/** When a new session ends that was not over before it began, to the millisecond. */
function expiryOf(step: Setting): number | undefined {
  const expires = Date.parse(String(writtenCookie(step)?.['expires']))
  return Number.isNaN(expires) || step.sessionSet.expires === null ? undefined : expires
}

function isSame(one: Setting, other: Setting): boolean {
  const expires = expiryOf(one) ?? 0
  if (
    one.sid === other.sid ||
    one.session.name !== other.session.name ||
    Math.abs(expires - (expiryOf(other) ?? 0)) > close
  )
    return false
  const begun = Math.min(one.exchange.at, other.exchange.at)
  if (Math.abs(one.exchange.at - other.exchange.at) < apart || expires <= begun || expires - begun > far)
    return false
  // one that the app gives each session on its own, as midnight or the end of an hour, is meant to be shared
  const { cookie } = one.sessionCall ?? {}
  const isOption = typeof cookie === 'object' && typeof cookie['expires'] === 'string'
  return isOption || (expires + close) % 60_000 > 2 * close
}
