import { attribute, comebacks, lineOf, settings } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { perSession, requestOf, shown } from '../diagnose/found.ts'

/** `SameSite=None` without `Secure`: browsers do not take it. */
export const samesiteNoneWithoutSecure: Diagnosis = {
  id: 'samesite-none-without-secure',
  kind: 'fault',
  title: {
    ja: 'SameSite=NoneなのにSecureがない',
    en: 'SameSite=None without Secure',
  },
  fix: {
    words: {
      ja: 'HTTPSで配信してsecureを付けます。同じサイトの中だけで使うなら"lax"にします。',
      en: 'Serve over HTTPS with secure; where it is used on one site only, take "lax".',
    },
    code: "session({ …, cookie: { sameSite: 'none', secure: true } })",
  },
  source: {
    title: 'MDN, Set-Cookie, SameSite',
    url: 'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie#samesitesamesite-value',
  },
  lab: { scenario: 'same-site', variant: 'none-without-secure' },
  explains: [
    ...[
      'rows-of-nobody',
      'parallel-first-requests',
      'cross-origin-without-credentials',
      'not-secure-over-https',
    ],
  ],
  find(seen) {
    const { isFromBrowser } = comebacks(seen)
    const refused = settings(seen).filter(
      (step) =>
        attribute(step.sessionSet, 'samesite') === 'none' &&
        attribute(step.sessionSet, 'secure') === undefined &&
        !isFromBrowser(step),
    )
    return perSession(refused, (first) => ({
      words: {
        ja: `${requestOf(first)}のレスポンスのSet-CookieはSameSite=NoneなのにSecureがなく、ブラウザーは受け取りません。`,
        en: `The Set-Cookie of ${requestOf(first)} says SameSite=None without Secure: browsers do not take it.`,
      },
      evidence: [
        shown(
          first,
          lineOf(first.sessionSet),
          'SameSite=Noneには、Secureが必要です。',
          'SameSite=None needs Secure.',
        ),
      ],
    }))
  },
}
