import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, pathOf, requestOf, shown } from '../diagnose/found.ts'
import { type SeenStep, sawAllOfRecord } from '../diagnose/seen.ts'
import { isLogout, rowBefore, userKeyIn } from '../diagnose/users.ts'

/** A GET logs out. */
export const logoutByGet: Diagnosis = {
  id: 'logout-by-get',
  kind: 'risk',
  title: { ja: 'GETでログアウトできる', en: 'a GET logs out' },
  fix: {
    words: {
      ja: 'ログアウトはPOSTのフォームにします。',
      en: 'Let logout be a form that posts.',
    },
    code: "app.post('/logout', (req, res, next) => req.session.destroy((error) => …))",
  },
  source: { title: 'OWASP ASVS 3.5.3', url: 'https://github.com/OWASP/ASVS' },
  lab: { scenario: 'login' },
  find(seen) {
    const { steps } = seen
    const ending = steps.filter(
      (step) => step.exchange.method === 'GET' && endsSession(step) && !isChecked(step, steps),
    )
    const byName = ending.filter(isLogout)
    const byRoute = !sawAllOfRecord(seen)
      ? []
      : ending.filter((step) => !isLogout(step) && isAlways(step, ending, steps))
    const found = [...byName, ...byRoute].sort((one, other) => one.exchange.id - other.exchange.id)
    const [first] = found
    if (!first) return []
    return [
      foundIn(
        found,
        {
          words: {
            ja: `${requestOf(first)}がログインしていたセッションを終わらせました。よそのサイトのリンクや画像だけで、利用者をログアウトさせられます。`,
            en: `${requestOf(first)} ended a session that was logged in: a link or picture on any other site can log people out.`,
          },
          evidence: [
            shown(
              first,
              `${requestOf(first)}${first.exchange.fetch.site ? `; Sec-Fetch-Site: ${first.exchange.fetch.site}` : ''}`,
              'GETでセッションが終わりました。',
              'The session ended with a GET.',
            ),
          ],
        },
        false,
      ),
    ]
  },
}

/** Whether somebody was logged in before, and is no more: the row is gone, or has no user. */
function endsSession(step: SeenStep): boolean {
  const { exchange, sent } = step
  const sid = sent[0]?.sid
  const before = rowBefore(step)
  if (before === null || (userKeyIn(before) === undefined && !isLogout(step))) return false
  const isGone = exchange.calls.some(
    ({ method, sid: of, error }) => method === 'destroy' && of === sid && !error,
  )
  const last = exchange.calls.findLast(({ method }) => method === 'set')
  const hasUser = userKeyIn(last?.data) !== undefined
  if (isGone) return !hasUser
  return last !== undefined && userKeyIn(before) !== undefined && !hasUser
}

/** Whether it carries a token, or is refused to other sites. */
const isChecked = (step: SeenStep, steps: readonly SeenStep[]): boolean =>
  /[?&][^=]*(token|csrf|xsrf|nonce)[^=]*=/i.test(step.exchange.url) ||
  steps.some(
    ({ exchange }) =>
      exchange.method === 'GET' &&
      exchange.fetch.site === 'cross-site' &&
      (exchange.status === 401 || exchange.status === 403) &&
      exchange.url.split('?')[0] === pathOf(step),
  )

/** Without the name, it is the route only when each GET of it, of several sessions, ends them: else a time limit did. */
function isAlways(step: SeenStep, ending: readonly SeenStep[], steps: readonly SeenStep[]): boolean {
  const isHere = (one: SeenStep) => one.exchange.method === 'GET' && pathOf(one) === pathOf(step)
  const isRefusal = (step.exchange.status ?? 0) >= 400
  const sids = new Set(ending.filter(isHere).map(({ sent }) => sent[0]?.sid))
  const survived = steps.some(
    (one) => isHere(one) && !ending.includes(one) && userKeyIn(rowBefore(one)) !== undefined,
  )
  return sids.size > 1 && !survived && !isRefusal
}
