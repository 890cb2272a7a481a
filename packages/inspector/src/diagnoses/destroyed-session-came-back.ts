import { bySession, exchangesOf, nameOf, shownCall, type TimedCall, timedCalls } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'

/** A row was written again after it had been destroyed, by something that still had the session in hand. */
export const destroyedSessionCameBack: Diagnosis = {
  id: 'destroyed-session-came-back',
  kind: 'fault',
  title: {
    ja: '消したはずのセッションが、書き戻されている',
    en: 'a session that was destroyed is written again',
  },
  fix: {
    words: {
      ja: '長いリクエストやソケットでは、セッションに書きません。ストアは、あるレコードだけを更新するものにします。',
      en: 'Write no session in long requests and sockets; use a store that only updates what is there.',
    },
    code: 'UPDATE sessions SET … WHERE sid = $1 -- and not INSERT … ON CONFLICT',
  },
  source: {
    title: 'express-session README, Session.destroy',
    url: 'https://github.com/expressjs/session#sessiondestroycallback',
  },
  lab: { scenario: 'other-devices' },
  find(seen) {
    const returns = bySession(timedCalls(seen)).flatMap(returnIn)
    const [first] = returns
    if (!first) return []
    const { removed, written } = first
    return [
      {
        words: {
          ja: `${nameOf(removed, 'ja')}で消したレコードを、${nameOf(written, 'ja')}がまた作りました。古いCookieが、また使えます。`,
          en: `${nameOf(written, 'en')} made the record again that ${nameOf(removed, 'en')} had removed: the old cookie works once more.`,
        },
        evidence: [
          shownCall(removed, 'ここで消えました。', 'Here it was removed.'),
          shownCall(written, 'ここで、また書かれました。', 'Here it was written again.'),
        ],
        exchanges: exchangesOf(returns.map((one) => one.written)),
      },
    ]
  },
}

interface Return {
  removed: TimedCall
  written: TimedCall
}

function returnIn(calls: readonly TimedCall[]): Return[] {
  const removed = calls.find(({ call }) => call.method === 'destroy' && call.error === null)
  if (!removed) return []
  const written = calls.find(
    (one) => one.begin > removed.begin && one !== removed && isReturn(one, removed, calls),
  )
  return written ? [{ removed, written }] : []
}

/** Whoever had read the session before it was removed writes it again; another session of the same id is none of that. */
function isReturn(one: TimedCall, removed: TimedCall, calls: readonly TimedCall[]): boolean {
  if (one.call.error !== null) return false
  if (!one.exchange) return one.call.method === 'set' && calls.some((read) => read.begin < removed.begin)
  if (one.exchange === removed.exchange) return false
  const hadIt = calls.some(
    ({ call, exchange, begin }) =>
      exchange === one.exchange && call.method === 'get' && call.data !== null && begin < removed.begin,
  )
  if (!hadIt) return false
  if (one.call.method === 'set') return true
  // what touch does to a row that is gone shows in the next read
  const next = calls.find(({ call, begin }) => call.method === 'get' && begin > (one.end ?? one.begin))
  return one.call.method === 'touch' && next !== undefined && next.call.data !== null
}
