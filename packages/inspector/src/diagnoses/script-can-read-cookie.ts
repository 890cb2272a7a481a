import { attribute, lineOf, settings } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { perSession, requestOf, shown } from '../diagnose/found.ts'

/** `HttpOnly` is missing. */
export const scriptCanReadCookie: Diagnosis = {
  id: 'script-can-read-cookie',
  kind: 'risk',
  title: {
    ja: 'ページのスクリプトがCookieを読める(HttpOnlyがない)',
    en: 'scripts can read the cookie: no HttpOnly',
  },
  fix: {
    words: { ja: 'httpOnlyを指定しないか、trueにします。', en: 'Leave httpOnly out, or set it to true.' },
    code: 'session({ …, cookie: { httpOnly: true } })',
  },
  source: {
    title: 'express-session README, cookie.httpOnly; CWE-1004',
    url: 'https://github.com/expressjs/session#cookiehttponly',
  },
  lab: { scenario: 'cookie-attributes', variant: 'httponly-undefined' },
  find(seen) {
    const open = settings(seen).filter(({ sessionSet }) => attribute(sessionSet, 'httponly') === undefined)
    return perSession(open, (first) => ({
      words: {
        ja: `${requestOf(first)}のレスポンスのSet-CookieにHttpOnlyがなく、ページに入り込んだスクリプトがセッションを持ち出せます。`,
        en: `The Set-Cookie of ${requestOf(first)} has no HttpOnly: a script that gets into a page can take the session away.`,
      },
      evidence: [shown(first, lineOf(first.sessionSet), 'HttpOnlyがありません。', 'There is no HttpOnly.')],
    }))
  },
}
