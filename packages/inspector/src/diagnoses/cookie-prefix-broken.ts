import { attribute, comebacks, lineOf, type Setting, settings } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { perSession, requestOf, shown } from '../diagnose/found.ts'

/** The name promises what the attributes do not keep. */
export const cookiePrefixBroken: Diagnosis = {
  id: 'cookie-prefix-broken',
  kind: 'fault',
  title: {
    ja: 'Cookieの名前の接頭辞が求める属性がない',
    en: 'the prefix of the name asks for attributes that are not there',
  },
  fix: {
    words: {
      ja: '__Host-にはsecure、path: "/"、domainなしが必要です。__Secure-にはsecureが必要です。HTTPで開発するあいだは接頭辞のない名前にします。',
      en: '__Host- needs secure, path "/" and no domain; __Secure- needs secure. Without HTTPS take a name without a prefix.',
    },
    code: "session({ …, name: '__Host-sid', cookie: { secure: true, path: '/' } })",
  },
  source: {
    title: 'MDN, Set-Cookie, cookie prefixes',
    url: 'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie#cookie_prefixes',
  },
  explains: [
    ...[
      'rows-of-nobody',
      'parallel-first-requests',
      'not-secure-over-https',
      'cross-origin-without-credentials',
    ],
  ],
  find(seen) {
    const { isFromBrowser } = comebacks(seen)
    const refused = settings(seen).filter((step) => missing(step).length > 0 && !isFromBrowser(step))
    return perSession(refused, (first) => {
      const lacks = missing(first).join(', ')
      const name = first.session.name
      return {
        words: {
          ja: `Cookieの名前(${name})の接頭辞が求めるもの(${lacks})がなく、ブラウザーは受け取りません(${requestOf(first)})。`,
          en: `The name ${name} asks for ${lacks}, which the Set-Cookie of ${requestOf(first)} does not have: browsers do not take it.`,
        },
        evidence: [shown(first, lineOf(first.sessionSet), `${lacks}が必要です。`, `It needs ${lacks}.`)],
      }
    })
  },
}

/** What the name asks for and the attributes do not have. */
function missing({ sessionSet }: Setting): string[] {
  const name = sessionSet.name.toLowerCase()
  const isHost = name.startsWith('__host-') || name.startsWith('__host-http-')
  if (!isHost && !name.startsWith('__secure-') && !name.startsWith('__http-')) return []
  return [
    ...(attribute(sessionSet, 'secure') === undefined ? ['Secure'] : []),
    ...(isHost && (attribute(sessionSet, 'path') ?? '/') !== '/' ? ['Path=/'] : []),
    ...(isHost && attribute(sessionSet, 'domain') !== undefined ? ['no Domain'] : []),
  ]
}
