import { attribute } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { firstOf, foundIn, requestOf, shown } from '../diagnose/found.ts'
import { type SeenStep, sawAllOfRecord } from '../diagnose/seen.ts'

/** A proxy is there, and does not say `X-Forwarded-Proto: https`. */
export const proxyWithoutProto: Diagnosis = {
  id: 'proxy-without-proto',
  kind: 'fault',
  title: {
    ja: 'プロキシが、HTTPSであることを伝えていない',
    en: 'the proxy does not say that it is HTTPS',
  },
  fix: {
    words: {
      ja: 'プロキシに、ブラウザーとの接続の種類をX-Forwarded-Protoで送らせます(nginxの例)。',
      en: 'Have the proxy send how the browser connected in X-Forwarded-Proto (nginx).',
    },
    code: 'proxy_set_header X-Forwarded-Proto $scheme;',
  },
  source: { title: 'Express behind proxies', url: 'https://expressjs.com/en/guide/behind-proxies.html' },
  lab: { scenario: 'secure-proxy' },
  explains: ['rows-of-nobody', 'parallel-first-requests'],
  find(seen) {
    const { steps } = seen
    const unsent = steps.filter(
      ({ why, facts }) =>
        why === 'not-secured' &&
        !facts.isEncrypted &&
        facts.forwarded &&
        firstOf(facts.forwarded.proto) !== 'https',
    )
    const [first] = unsent
    // where others were sent Secure, the proxy does say so: these came over plain HTTP, or past the proxy
    const isSent = steps.some(({ sessionSet }) => sessionSet && attribute(sessionSet, 'secure') !== undefined)
    if (!first || isSent || !sawAllOfRecord(seen)) return []
    const { line, ja, en } = sayingOf(first)
    const isUntrusted = first.facts.isTrusted === false && first.sessionCall?.proxy !== true
    return [
      foundIn(
        unsent,
        {
          words: {
            ja: `プロキシを通ったリクエスト(${requestOf(first)})に${ja}ため、secureのCookieは送られませんでした。${isUntrusted ? 'trust proxyも必要です。' : ''}`,
            en: `A request that came through a proxy (${requestOf(first)}) ${en}, so the secure cookie was not sent.${isUntrusted ? ' trust proxy is needed, too.' : ''}`,
          },
          evidence: [
            shown(first, line, 'プロキシを通った印です。', 'The sign of a proxy.'),
            shown(
              first,
              'express-session not secured',
              'express-session自身がこう記録しています。',
              'express-session itself says so.',
            ),
          ],
        },
        false,
      ),
    ]
  },
}

function sayingOf({ facts }: SeenStep) {
  const { proto, standard, other, host } = facts.forwarded ?? {}
  if (proto !== undefined)
    return {
      line: `X-Forwarded-Proto: ${proto}`,
      ja: `X-Forwarded-Proto: ${proto}とあった(先頭の値だけが見られます)`,
      en: `has X-Forwarded-Proto: ${proto} (only the first entry counts)`,
    }
  const isStandard = standard !== undefined && /proto="?https/i.test(standard)
  return {
    line: isStandard
      ? 'Forwarded: …;proto=https'
      : (other ?? (host === undefined ? 'X-Forwarded-For: …' : `X-Forwarded-Host: ${host}`)),
    ja: isStandard ? 'Forwardedしかなく、express-sessionはこれを見ない' : 'X-Forwarded-Protoがなかった',
    en: isStandard ? 'has Forwarded, which express-session does not read' : 'has no X-Forwarded-Proto',
  }
}
