import { writtenCookie } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { perSession, requestOf } from '../diagnose/found.ts'
import type { SeenStep } from '../diagnose/seen.ts'

/** An option that cannot be written as `Set-Cookie`. */
export const cookieCannotBeSerialized: Diagnosis = {
  id: 'cookie-cannot-be-serialized',
  kind: 'fault',
  title: {
    ja: 'Cookieの設定が正しくなく、Set-Cookieを作れない',
    en: 'an invalid cookie option: Set-Cookie cannot be made',
  },
  fix: {
    words: {
      ja: '値を直すか、取り除きます。domainはホスト名だけ(http://もポートも付けない)、sameSiteはtrue、"lax"、"strict"、"none"です。',
      en: 'Mend the value or leave it out. domain is a bare host name, without http:// and port; sameSite is true, "lax", "strict" or "none".',
    },
    code: "session({ …, cookie: { sameSite: 'lax' } })",
  },
  source: {
    title: 'cookie, serialize(name, value, options)',
    url: 'https://github.com/jshttp/cookie#options-1',
  },
  explains: ['rows-of-nobody', 'response-cut-off', 'parallel-first-requests'],
  find({ steps }) {
    const broken = steps.filter((step) => isUnsent(step) && invalidIn(step) !== undefined)
    return perSession(broken, (first) => {
      const option = invalidIn(first)
      return {
        words: {
          ja: `${option}の値が正しくないため、Set-Cookieを作るところでエラーになり、レコードは保存されたのにCookieは送られませんでした(${requestOf(first)})。`,
          en: `The value of ${option} is invalid: making Set-Cookie throws, and the row was saved without a cookie being sent (${requestOf(first)}).`,
        },
        evidence: [
          {
            exchange: first.exchange.id,
            call: first.exchange.calls.findIndex(({ method }) => method === 'set'),
            words: { ja: 'setのあとにSet-Cookieがありません。', en: 'set, and no Set-Cookie after it.' },
          },
        ],
      }
    })
  },
}

// as the cookie package of express-session tests them
const name = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const domain = /^([.]?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)([.][a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i
const path = /^[\u0020-\u003A\u003D-\u007E]*$/
const isOneOf = (value: unknown, ...texts: string[]) =>
  typeof value === 'boolean' || !value || texts.includes(String(value).toLowerCase())

/** Which option cannot be written; undefined where all can. */
function invalidIn(step: SeenStep): string | undefined {
  const written = writtenCookie(step)
  const { sessionCall } = step
  const given = typeof sessionCall?.cookie === 'object' ? sessionCall.cookie : {}
  if (sessionCall && !name.test(sessionCall.name)) return `name (${sessionCall.name})`
  if (!written) return undefined
  const option = (key: string) => `cookie.${key} (${String(written[key])})`
  if (written['domain'] && !domain.test(String(written['domain']))) return option('domain')
  if (written['path'] && !path.test(String(written['path']))) return option('path')
  if (!isOneOf(written['sameSite'], 'lax', 'strict', 'none')) return option('sameSite')
  if (!isOneOf(written['priority'], 'low', 'medium', 'high')) return option('priority')
  const { expires } = written
  if (expires && (typeof expires !== 'string' || Number.isNaN(Date.parse(expires)))) return option('expires')
  for (const key of ['maxAge', 'expires']) if (given[key] === 'NaN') return `cookie.${key} (NaN)`
  return undefined
}

/** Saved, and no cookie for it: nothing else was a reason. */
const isUnsent = ({ why, exchange }: SeenStep) =>
  (why === 'not-serialised' || why === 'unknown') && exchange.calls.some(({ method }) => method === 'set')
