import { attribute, lineOf } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf, shown } from '../diagnose/found.ts'
import { keptBack } from '../diagnose/kept-back.ts'

/** A request from another site comes without the cookie because of its SameSite. */
export const samesiteKeepsItBack: Diagnosis = {
  id: 'samesite-keeps-it-back',
  kind: 'fault',
  title: {
    ja: 'SameSiteのため、よそのサイトからのリクエストにCookieが付かない',
    en: 'SameSite keeps the cookie out of requests from another site',
  },
  fix: {
    words: {
      ja: '同じサイトに置くか、戻りはGETで受けてから読み直します。必要ならSameSite=None; Secureにして、CSRFの対策をします。',
      en: 'Serve both from one site, or come back by GET (Lax). Or else SameSite=None; Secure, with a defence against CSRF.',
    },
    code: "session({ …, cookie: { sameSite: 'none', secure: true } })",
  },
  source: {
    title: 'express-session README, cookie.sameSite',
    url: 'https://github.com/expressjs/session#cookiesamesite',
  },
  lab: { scenario: 'cross-origin', variant: 'lax' },
  explains: [
    'rows-of-nobody',
    'parallel-first-requests',
    'cross-origin-without-credentials',
    'samesite-unset',
  ],
  find(seen) {
    const kept = keptBack(seen)
    const [first] = kept
    if (!first) return []
    const { step, setter, isByScript } = first
    const sameSite = attribute(setter.sessionSet, 'samesite')
    const from = step.exchange.origin ?? 'another site'
    const named =
      sameSite === undefined
        ? { ja: 'SameSiteなし(Laxとして扱われます)', en: 'no SameSite (treated as Lax)' }
        : { ja: `SameSite=${sameSite}`, en: `SameSite=${sameSite}` }
    return [
      foundIn(
        kept.map((one) => one.step),
        {
          words: {
            ja: `よそのサイト(${from})からの${requestOf(step)}に、Cookieが付いていません。渡したCookieは${named.ja}なので、ブラウザーはこのようなリクエストには送りません。${isByScript ? 'SameSiteを直したあとは、credentialsとサードパーティCookieの遮断も確かめます。' : ''}`,
            en: `${requestOf(step)} from another site (${from}) came without the cookie: it was given with ${named.en}, and browsers do not send such a one here.${isByScript ? ' Once that is mended, look at credentials, too, and at the blocking of third-party cookies.' : ''}`,
          },
          evidence: [
            shown(
              setter,
              lineOf(setter.sessionSet),
              'このブラウザーに渡したCookieです。',
              'The cookie that this browser was given.',
            ),
            shown(
              step,
              step.exchange.fetch.site ? `Sec-Fetch-Site: ${step.exchange.fetch.site}` : `Origin: ${from}`,
              'よそのサイトからのリクエストで、Cookieがありません。',
              'From another site, and no Cookie.',
            ),
          ],
        },
      ),
    ]
  },
}
