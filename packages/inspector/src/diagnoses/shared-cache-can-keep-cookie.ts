import { lineOf, type Setting, settings } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { perSession, requestOf, shown } from '../diagnose/found.ts'

/** `Set-Cookie` of a session on a response that a shared cache may keep. */
export const sharedCacheCanKeepCookie: Diagnosis = {
  id: 'shared-cache-can-keep-cookie',
  kind: 'fault',
  title: {
    ja: '共有キャッシュが、セッションのSet-Cookieを保存できる',
    en: "a shared cache may keep a session's Set-Cookie",
  },
  fix: {
    words: {
      ja: '静的なファイルはsession()より前で応答します。セッションのあるページはprivateかno-storeにします。',
      en: 'Answer static files before session(); let pages that have a session be private or no-store.',
    },
    code: "res.set('Cache-Control', 'private, no-store')",
  },
  source: { title: 'RFC 9111, 3, 7.3', url: 'https://www.rfc-editor.org/rfc/rfc9111#section-7.3' },
  find(seen) {
    return perSession(settings(seen).filter(mayBeKept), (first) => ({
      words: {
        ja: `${requestOf(first)}のレスポンスは、セッションのSet-Cookieがあるのに、Cache-Controlが${first.facts.caching}です。CDNなどの共有キャッシュが保存し、ほかの人に同じCookieを渡せます。`,
        en: `The response to ${requestOf(first)} has a session's Set-Cookie and Cache-Control: ${first.facts.caching}. A shared cache (CDN) may keep it and give the same cookie to others.`,
      },
      evidence: [
        shown(
          first,
          `Cache-Control: ${first.facts.caching}`,
          '共有キャッシュでも保存できます。',
          'Shared caches may keep it.',
        ),
        shown(first, lineOf(first.sessionSet), '同じレスポンスにあります。', 'In the same response.'),
      ],
    }))
  },
}

/** RFC 9111, 3: what a shared cache may store, and hand out without asking. */
function mayBeKept({ exchange, facts, sent }: Setting): boolean {
  const { method, status } = exchange
  if ((method !== 'GET' && method !== 'HEAD') || status === null || status === 206) return false
  const directives = (facts.caching ?? '')
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
  if (directives.some((one) => /^(private|no-store|no-cache)\b/.test(one))) return false
  const vary = (facts.vary ?? '').toLowerCase()
  // what varies with the cookie is given only to whoever has the same one
  if (vary.includes('*') || (/\bcookie\b/.test(vary) && sent.length > 0)) return false
  const seconds = (name: string) =>
    directives.map((one) => new RegExp(`^${name}="?(\\d+)`).exec(one)?.[1]).find(Boolean)
  const age = seconds('s-maxage') ?? seconds('max-age')
  const isPublic = directives.includes('public')
  if (facts.isAuthorised && !isPublic && seconds('s-maxage') === undefined) return false
  return age === undefined ? isPublic : Number(age) > 0
}
