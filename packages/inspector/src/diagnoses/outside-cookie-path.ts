import { comebacks, isNeverBack, lineOf, settings } from '../diagnose/cookies.ts'
import type { Diagnosis, Found } from '../diagnose/diagnosis.ts'
import { foundIn, pathOf, requestOf, shown } from '../diagnose/found.ts'
import { type Seen, type SeenStep, sawAllOfRecord } from '../diagnose/seen.ts'
import { userKeyIn } from '../diagnose/users.ts'
import { attributeOf } from '../model/set-cookie.ts'

/** The URL lies outside `cookie.path`, and the session was needed there. */
export const outsideCookiePath: Diagnosis = {
  id: 'outside-cookie-path',
  kind: 'fault',
  title: { ja: 'URLがcookie.pathの外にある', en: 'the URL lies outside of cookie.path' },
  fix: {
    words: {
      ja: 'cookie.pathを、ブラウザーから見てセッションを使うすべてのURLを含むものにします。',
      en: 'Let cookie.path hold all URLs, as the browser sees them, that use the session.',
    },
    code: "session({ …, cookie: { path: '/' } })",
  },
  source: {
    title: 'express-session README, cookie.path',
    url: 'https://github.com/expressjs/session#cookiepath',
  },
  lab: { scenario: 'debug-log', variant: 'other-path' },
  explains: ['session-missing', 'rows-of-nobody', 'parallel-first-requests'],
  find: (seen) => [...steppedAside(seen), ...neverBack(seen)],
}

/** express-session stepped aside, and the app could not do without. */
function steppedAside(seen: Seen): Found[] {
  const { steps } = seen
  const aside = steps.filter(({ why, facts }) => why === 'path' && facts.isMissedAside)
  const acted = steps.filter(({ exchange, why }) => why !== 'path' && exchange.debug.length > 0)
  const hasUser = acted.some(({ exchange }) =>
    exchange.calls.some(({ data }) => userKeyIn(data) !== undefined),
  )
  const needing = aside.filter((step) => {
    const status = step.exchange.status ?? 0
    const isRefused =
      (status === 401 || status === 403 || isToLogin(step)) && hasUser && !step.facts.isAuthorised
    const isOtherCase =
      status < 400 && optionPath(step) !== undefined && isNear(pathOf(step), optionPath(step) ?? '')
    return (
      status >= 500 ||
      isRefused ||
      isOtherCase ||
      (acted.length === 0 && aside.length > 1 && sawAllOfRecord(seen))
    )
  })
  const [first] = needing
  if (!first) return []
  const path = optionPath(first)
  return [
    foundIn(needing, {
      words: {
        ja: `${requestOf(first)}のURLは${path === undefined ? 'cookie.path' : `cookie.path(${path})`}で始まらない(大文字と小文字も区別されます)ので、express-sessionは何もせず、req.sessionがありませんでした(レスポンス${first.exchange.status})。`,
        en: `The URL of ${requestOf(first)} does not begin with cookie.path${path === undefined ? '' : ` (${path})`}, in upper and lower case, too: express-session stepped aside and there was no req.session (answered ${first.exchange.status}).`,
      },
      evidence: [
        shown(
          first,
          'express-session pathname mismatch',
          'express-session自身がこう記録しています。',
          'express-session itself says so.',
        ),
      ],
    }),
  ]
}

/** `/apple` begins with `/app`: it has a session, and the browser does not send the cookie there. */
function neverBack(seen: Seen): Found[] {
  const { of } = comebacks(seen)
  const lost = settings(seen).filter((step) => {
    const path = attributeOf(step.sessionSet, 'path')?.value ?? '/'
    return !isWithin(pathOf(step), path) && isNeverBack(step, seen, of)
  })
  const [first] = lost
  if (!first || lost.length < 2) return []
  const path = attributeOf(first.sessionSet, 'path')?.value
  return [
    foundIn(lost, {
      words: {
        ja: `${requestOf(first)}のレスポンスでPath=${path}のCookieを渡しましたが、ブラウザーはこのURLへはそれを送りません。毎回新しいセッションになります。`,
        en: `${requestOf(first)} was answered with a cookie of Path=${path}, which browsers do not send to this URL: a new session each time.`,
      },
      evidence: [
        shown(
          first,
          lineOf(first.sessionSet),
          'リクエストのURLはこのPathの下にありません。',
          'The URL of the request is not below this Path.',
        ),
      ],
    }),
  ]
}

const optionPath = ({ sessionCall }: SeenStep): string | undefined => {
  const path = typeof sessionCall?.cookie === 'object' ? sessionCall.cookie['path'] : undefined
  return typeof path === 'string' ? path : undefined
}
const isWithin = (path: string, base: string) => path === base || path.startsWith(base.replace(/\/?$/, '/'))
const isNear = (path: string, base: string) =>
  isWithin(path.replace(/\/+/g, '/').toLowerCase(), base.toLowerCase())
const isToLogin = ({ exchange }: SeenStep) => /log-?in|sign-?in/i.test(exchange.location ?? '')
