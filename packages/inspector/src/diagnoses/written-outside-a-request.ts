import {
  bySession,
  exchangesOf,
  isOutside,
  nameOf,
  shownCall,
  type TimedCall,
  timedCalls,
} from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'

const oneStep = 50 // ms from a read to the write that follows from it

/** The store was written outside of any request, with a session that had not been read just before. */
export const writtenOutsideARequest: Diagnosis = {
  id: 'written-outside-a-request',
  kind: 'risk',
  title: {
    ja: 'リクエストの外(ソケットやタイマー)から、古いセッションを書いている',
    en: 'a socket or timer writes a session that it read long ago',
  },
  fix: {
    words: {
      ja: '書く直前にreload()し、すぐsave()します。ログアウトのときはソケットも閉じます。',
      en: 'reload() right before, save() right after; close the socket at logout.',
    },
    code: 'req.session.reload((error) => {\n  if (error) return\n  req.session.oven = …\n  req.session.save()\n})',
  },
  source: {
    title: 'express-session README, Session.reload',
    url: 'https://github.com/expressjs/session#sessionreloadcallback',
  },
  explains: ['written-after-end'],
  find(seen) {
    const blind = bySession(timedCalls(seen)).flatMap((calls) =>
      calls.filter((one) => one.call.method === 'set' && isOutside(one) && !isJustRead(calls, one)),
    )
    const [first] = blind
    if (!first) return []
    return [
      {
        words: {
          ja: `${nameOf(first, 'ja')}は、レスポンスが終わったあと(ソケットやタイマー)でセッションを書きました。読み直していないので、その間の変更を消すことがあります。`,
          en: `${nameOf(first, 'en')} wrote the session when no request was under way (a socket, a timer), without reading it again: what changed meanwhile can be undone.`,
        },
        evidence: [
          shownCall(
            first,
            'このsetの直前に、同じセッションのgetがありません。',
            'Right before this set there is no get of the same session.',
          ),
        ],
        exchanges: exchangesOf(blind),
      },
    ]
  },
}

const isJustRead = (calls: readonly TimedCall[], { begin }: TimedCall) =>
  calls.some(
    ({ call, end }) => call.method === 'get' && end !== null && end <= begin && begin - end <= oneStep,
  )
