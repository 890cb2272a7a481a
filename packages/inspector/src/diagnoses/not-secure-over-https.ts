import { attribute, lineOf, settings } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { firstOf, perSession, requestOf, shown } from '../diagnose/found.ts'
import type { SeenStep } from '../diagnose/seen.ts'

/** HTTPS, and the session cookie has no `Secure`. */
export const notSecureOverHttps: Diagnosis = {
  id: 'not-secure-over-https',
  kind: 'risk',
  title: { ja: 'HTTPSなのに、CookieにSecureがない', en: 'HTTPS, and the cookie has no Secure' },
  fix: {
    words: {
      ja: 'secure: trueにします。開発中のHTTPでも使うなら"auto"にします。',
      en: 'secure: true, or "auto" where it has to work over HTTP while developing.',
    },
    code: 'session({ …, cookie: { secure: true } })',
  },
  source: {
    title: 'express-session README, cookie.secure; CWE-614',
    url: 'https://github.com/expressjs/session#cookiesecure',
  },
  lab: { scenario: 'secure-proxy', variant: 'auto' },
  find(seen) {
    const open = settings(seen).filter(
      (step) => attribute(step.sessionSet, 'secure') === undefined && isHttps(step),
    )
    return perSession(open, (first) => ({
      words: {
        ja: `HTTPSのレスポンス(${requestOf(first)})のSet-CookieにSecureがなく、http://のリンクを1つ開くだけで、Cookieが暗号化されずに流れます。`,
        en: `The Set-Cookie of ${requestOf(first)}, over HTTPS, has no Secure: a single http:// link sends the cookie in the clear.`,
      },
      evidence: [
        shown(first, lineOf(first.sessionSet), 'Secureがありません。', 'There is no Secure.'),
        shown(
          first,
          first.facts.isEncrypted ? undefined : `X-Forwarded-Proto: ${first.facts.forwarded?.proto}`,
          '接続はHTTPSでした。',
          'The connection was HTTPS.',
        ),
      ],
    }))
  },
}

/** Encrypted, or a proxy that is trusted says so. */
const isHttps = ({ facts, sessionCall }: SeenStep): boolean =>
  facts.isEncrypted ||
  (firstOf(facts.forwarded?.proto) === 'https' &&
    (sessionCall?.proxy === true || (sessionCall?.proxy !== false && facts.isTrusted === true)))
