import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf, shown } from '../diagnose/found.ts'
import { foreignScript, mayRead } from '../diagnose/origins.ts'
import type { SeenStep } from '../diagnose/seen.ts'

/** A script of another origin calls with its cookie, and may not read the response. */
export const corsRefusesCredentials: Diagnosis = {
  id: 'cors-refuses-credentials',
  kind: 'fault',
  title: {
    ja: 'CORSのレスポンスが、Cookie付きの呼び出しを許可していない',
    en: 'the CORS headers do not allow calls with cookies',
  },
  fix: {
    words: {
      ja: 'オリジンを1つずつ挙げて(*は使えません)、credentialsを許可します。',
      en: 'Name the origins (not *), and allow credentials.',
    },
    code: "app.use(cors({ origin: 'https://app.example', credentials: true }))",
  },
  source: {
    title: 'MDN, CORS, requests with credentials',
    url: 'https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS#requests_with_credentials',
  },
  lab: { scenario: 'cross-origin', variant: 'no-allow-credentials' },
  find({ steps }) {
    const refused = steps.filter(isRefused)
    const [first] = refused
    if (!first) return []
    const { allowsOrigin, allowsCredentials } = first.facts
    const origin = `Access-Control-Allow-Origin: ${allowsOrigin ?? '(none)'}`
    const credentials = `Access-Control-Allow-Credentials: ${allowsCredentials ?? '(none)'}`
    return [
      foundIn(
        refused,
        {
          words: {
            ja: `別のオリジン(${first.exchange.origin})のスクリプトがCookie付きで呼んだ${requestOf(first)}のレスポンスは「${origin}」「${credentials}」で、ブラウザーは読ませません。`,
            en: `A script of another origin (${first.exchange.origin}) called ${requestOf(first)} with its cookie, and the response says "${origin}", "${credentials}": browsers do not let it be read.`,
          },
          evidence: [
            shown(
              first,
              `${origin}; ${credentials}`,
              'レスポンスのヘッダーです。',
              'Headers of the response.',
            ),
          ],
        },
        false,
      ),
    ]
  },
}

/** The cookie came along, so that it was called with credentials. */
const isRefused = (step: SeenStep): boolean => {
  const { origin } = step.exchange
  if (origin === null || origin === 'null' || step.sent.length === 0 || step.exchange.status === null)
    return false
  return foreignScript(step) !== undefined && !mayRead(step)
}
