import { attribute, lineOf } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { firstOf, foundIn, requestOf, shown } from '../diagnose/found.ts'
import { type SeenStep, sawAllOfRecord } from '../diagnose/seen.ts'

/** A proxy says https, and neither `trust proxy` nor `proxy: true` lets express-session believe it. */
export const proxyNotTrusted: Diagnosis = {
  id: 'proxy-not-trusted',
  kind: 'fault',
  title: {
    ja: 'プロキシがHTTPSだと伝えているのに、信用する設定がない',
    en: 'a proxy says that it is HTTPS, and is not trusted',
  },
  fix: {
    words: {
      ja: 'いちばん手前のプロキシを信用します。Expressでなければproxy: trueにします。',
      en: 'Trust the proxy in front of the app; without Express, proxy: true.',
    },
    code: "app.set('trust proxy', 1)",
  },
  source: {
    title: 'express-session README, cookie.secure',
    url: 'https://github.com/expressjs/session#cookiesecure',
  },
  lab: { scenario: 'secure-proxy', variant: 'no-trust-proxy' },
  explains: ['not-secure-over-https', 'rows-of-nobody', 'parallel-first-requests'],
  find(seen) {
    const { steps } = seen
    const unbelieved = steps.filter(
      (step) => saysHttps(step) && (step.why === 'not-secured' || isLeftOpen(step)),
    )
    const [first] = unbelieved
    const isBelieved = steps.some(
      ({ facts, sessionSet }) =>
        !facts.isEncrypted && sessionSet && attribute(sessionSet, 'secure') !== undefined,
    )
    if (!first || isBelieved || !sawAllOfRecord(seen)) return []
    const setting = settingOf(first)
    const { sessionSet } = first
    return [
      foundIn(unbelieved, {
        words: {
          ja: `プロキシはX-Forwarded-Proto: httpsを送っていますが、${setting.ja}ので、express-sessionは接続をHTTPとみなし、${sessionSet ? 'SecureなしのCookieを送りました' : 'Set-Cookieを送りませんでした'}(${requestOf(first)})。`,
          en: `The proxy sends X-Forwarded-Proto: https, but ${setting.en}: express-session takes the connection for HTTP and sent ${sessionSet ? 'the cookie without Secure' : 'no Set-Cookie'} (${requestOf(first)}).`,
        },
        evidence: [
          shown(
            first,
            `X-Forwarded-Proto: ${first.facts.forwarded?.proto}`,
            'プロキシが伝えた値です。',
            'What the proxy says.',
          ),
          shown(
            first,
            sessionSet ? lineOf(sessionSet) : 'express-session not secured',
            'それでもHTTPとして扱われました。',
            'It was treated as HTTP all the same.',
          ),
        ],
      }),
    ]
  },
}

const saysHttps = ({ facts }: SeenStep) => !facts.isEncrypted && firstOf(facts.forwarded?.proto) === 'https'

/** `secure: 'auto'` gave a cookie without Secure. */
const isLeftOpen = ({ sessionCall, sessionSet, facts }: SeenStep) =>
  sessionSet !== null &&
  attribute(sessionSet, 'secure') === undefined &&
  typeof sessionCall?.cookie === 'object' &&
  sessionCall.cookie['secure'] === 'auto' &&
  (sessionCall.proxy === false || (sessionCall.proxy === undefined && facts.isTrusted !== true))

function settingOf({ sessionCall }: SeenStep) {
  const trust = sessionCall?.trustProxy
  if (sessionCall?.proxy === false)
    return { ja: 'session()にproxy: falseが渡されている', en: 'session() was told proxy: false' }
  if (trust === undefined || trust === 'false' || trust === 'undefined')
    return {
      ja: 'trust proxyもproxy: trueも設定されていない',
      en: 'neither trust proxy nor proxy: true is set',
    }
  return {
    ja: `trust proxyの値(${trust})に、接続してきたプロキシのアドレスが含まれない`,
    en: `trust proxy (${trust}) does not include the address that the proxy connects from`,
  }
}
