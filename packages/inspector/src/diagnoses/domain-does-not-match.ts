import {
  attribute,
  comebacks,
  isNeverBack,
  lineOf,
  missedLater,
  type Setting,
  settings,
} from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { perSession, requestOf, shown } from '../diagnose/found.ts'
import { hostSeen } from '../diagnose/origins.ts'
import { hostName } from '../headers.ts'

/** `Domain` does not include the host that answered. */
export const domainDoesNotMatch: Diagnosis = {
  id: 'domain-does-not-match',
  kind: 'fault',
  title: { ja: 'Domainが、応答したホストに合わない', en: 'Domain does not match the host that answered' },
  fix: {
    words: {
      ja: 'domainを外します(応答したホストだけに送られます)。サブドメインと共有するときだけ、環境ごとに指定します。',
      en: 'Leave domain out (the cookie goes to the host that answered). Only to share it with subdomains, set it for each environment.',
    },
    code: 'session({ …, cookie: { /* domain */ } })',
  },
  source: { title: 'RFC 6265, 5.1.3, 5.3', url: 'https://www.rfc-editor.org/rfc/rfc6265#section-5.3' },
  lab: { scenario: 'cookie-attributes', variant: 'subdomains' },
  explains: ['rows-of-nobody', 'parallel-first-requests', 'cross-origin-without-credentials'],
  find(seen) {
    const { of } = comebacks(seen)
    const refused = settings(seen).filter(
      (step) => isElsewhere(step) && isNeverBack(step, seen, of) && missedLater(step, seen) !== undefined,
    )
    return perSession(refused, (first) => {
      const host = hostName(hostSeen(first))
      const domain = attribute(first.sessionSet, 'domain')
      return {
        words: {
          ja: `${host}からのレスポンス(${requestOf(first)})のSet-CookieはDomain=${domain}で、ブラウザーは受け取らず、次のリクエストにCookieがありませんでした。`,
          en: `The Set-Cookie of ${requestOf(first)}, answered by ${host}, says Domain=${domain}: browsers do not take it, and the next request came without.`,
        },
        evidence: [
          shown(
            first,
            lineOf(first.sessionSet),
            `応答したホストは${host}です。`,
            `The host that answered is ${host}.`,
          ),
        ],
      }
    })
  },
}

/** Whether browsers refuse its Domain; a proxy that does not say which host it was asked for leaves that open. */
function isElsewhere(step: Setting): boolean {
  const domain = attribute(step.sessionSet, 'domain')?.replace(/^\./, '')
  const host = hostSeen(step)
  if (!domain || host === undefined) return false
  const name = hostName(host)
  if (name === domain) return false
  const isIncluded = !/^[\d.]+$|^\[/.test(name) && name.endsWith(`.${domain}`)
  const isPublic = step.jar.refused.some(
    ({ line, reason }) => line === step.sessionSet.line && reason === 'public-suffix',
  )
  return !isIncluded || isPublic
}
