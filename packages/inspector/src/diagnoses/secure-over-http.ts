import { attribute } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { sawAllOfRecord } from '../diagnose/seen.ts'

/** `cookie.secure` is on, and the connection is plain HTTP with no sign of a proxy. */
export const secureOverHttp: Diagnosis = {
  id: 'secure-over-http',
  kind: 'fault',
  title: {
    ja: 'secureのCookieを、HTTPSでない接続で送ろうとしている',
    en: 'a secure cookie is to go over a connection that is not HTTPS',
  },
  fix: {
    words: {
      ja: 'HTTPSで配信するか、開発中は"auto"にします。',
      en: 'Serve over HTTPS, or use "auto" while developing.',
    },
    code: "session({ …, cookie: { secure: 'auto' } })",
  },
  source: {
    title: 'express-session README, cookie.secure',
    url: 'https://github.com/expressjs/session#cookiesecure',
  },
  lab: { scenario: 'secure-proxy' },
  explains: ['rows-of-nobody', 'parallel-first-requests'],
  find(seen) {
    const { steps } = seen
    const unsent = steps.filter(
      ({ why, facts }) => why === 'not-secured' && !facts.isEncrypted && !facts.forwarded,
    )
    const [first] = unsent
    // where others were sent Secure there is HTTPS: these came past it, as health checks do
    const isSent = steps.some(({ sessionSet }) => sessionSet && attribute(sessionSet, 'secure') !== undefined)
    if (!first || isSent || !sawAllOfRecord(seen)) return []
    return [
      {
        words: {
          ja: `cookie.secureが有効なのに接続がHTTPなので、express-sessionはSet-Cookieを送りませんでした(${first.exchange.method} ${first.exchange.url})。`,
          en: `cookie.secure is on and the connection is plain HTTP, so express-session sent no Set-Cookie (${first.exchange.method} ${first.exchange.url}).`,
        },
        evidence: [
          {
            exchange: first.exchange.id,
            line: 'express-session not secured',
            words: {
              ja: 'express-session自身がこう記録しています。',
              en: 'express-session itself says so.',
            },
          },
        ],
        exchanges: unsent.map(({ exchange }) => exchange.id),
        ...(first.sessionCall?.where !== undefined && { where: first.sessionCall.where }),
      },
    ]
  },
}
