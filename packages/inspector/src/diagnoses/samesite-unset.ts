import { attribute, lineOf, settings } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { perSession, requestOf, shown } from '../diagnose/found.ts'
import type { SeenStep } from '../diagnose/seen.ts'

/** No `SameSite`. */
export const samesiteUnset: Diagnosis = {
  id: 'samesite-unset',
  kind: 'advice',
  title: { ja: 'SameSiteが指定されていない', en: 'no SameSite' },
  fix: {
    words: { ja: 'sameSite: "lax"を指定します。', en: 'Say sameSite: "lax".' },
    code: "session({ …, cookie: { sameSite: 'lax' } })",
  },
  source: {
    title: 'express-session README, cookie.sameSite; CWE-1275',
    url: 'https://github.com/expressjs/session#cookiesamesite',
  },
  lab: { scenario: 'same-site', variant: 'unset' },
  find(seen) {
    const unset = settings(seen).filter(({ sessionSet }) => attribute(sessionSet, 'samesite') === undefined)
    return perSession(unset, (first) => {
      const wrong = misspelt(first)
      return {
        words: {
          ja: `${requestOf(first)}のレスポンスのSet-CookieにSameSiteがなく、扱いはブラウザーによって違います。Chromiumは、付けてから2分間は、よそのサイトからのPOSTにも送ります。${wrong ? `cookie.${wrong}は無視されます(正しくはsameSite)。` : ''}`,
          en: `The Set-Cookie of ${requestOf(first)} has no SameSite, and browsers differ: Chromium sends it with a POST from another site for two minutes.${wrong ? ` cookie.${wrong} is ignored: it is spelt sameSite.` : ''}`,
        },
        evidence: [shown(first, lineOf(first.sessionSet), 'SameSiteがありません。', 'There is no SameSite.')],
      }
    })
  },
}

/** An option that was meant to be `sameSite`. */
const misspelt = ({ sessionCall }: SeenStep): string | undefined =>
  typeof sessionCall?.cookie === 'object'
    ? Object.keys(sessionCall.cookie).find((key) => /^same[-_]?site$/i.test(key) && key !== 'sameSite')
    : undefined
