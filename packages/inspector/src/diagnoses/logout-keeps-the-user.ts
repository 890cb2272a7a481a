import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf, shown } from '../diagnose/found.ts'
import { type Seen, type SeenStep, sawAll } from '../diagnose/seen.ts'
import { isLogout, rowBefore, userKeyIn } from '../diagnose/users.ts'

/** After the logout the row still belongs to the user. */
export const logoutKeepsTheUser: Diagnosis = {
  id: 'logout-keeps-the-user',
  kind: 'fault',
  title: {
    ja: 'ログアウトしても、レコードに利用者が残っている',
    en: 'after logout the row still has the user',
  },
  fix: {
    words: {
      ja: 'Cookieを消すだけでは足りません。destroy()でレコードを消します。',
      en: 'Clearing the cookie is not enough: destroy() removes the row.',
    },
    code: "req.session.destroy((error) => { res.clearCookie('sid'); res.redirect('/') })",
  },
  source: {
    title: 'express-session README, Session.destroy(callback); CWE-613',
    url: 'https://github.com/expressjs/session#sessiondestroycallback',
  },
  lab: { scenario: 'login', variant: 'clear-cookie' },
  find(seen) {
    const kept = seen.steps.filter(
      (step) => isLogout(step) && leavesUser(step) && sawAll(seen, step.exchange.at) && !isEnded(step, seen),
    )
    const [first] = kept
    if (!first) return []
    const key = userKeyIn(rowBefore(first))
    const later = seen.steps.find((step) => isUsed(step, first))
    return [
      foundIn(
        kept,
        {
          words: {
            ja: `${requestOf(first)}のあとも、そのIDのレコードに利用者(${key})が残っています。前のCookieを持つ人は、まだその利用者です${later ? `(${requestOf(later)})` : ''}。`,
            en: `After ${requestOf(first)} the row of that ID still has the user (${key}): whoever has the old cookie is still that user${later ? ` (${requestOf(later)})` : ''}.`,
          },
          evidence: [
            shown(
              first,
              undefined,
              'レコードは消されず、利用者も取り除かれませんでした。',
              'The row was not removed, nor the user in it.',
            ),
            ...(later
              ? [
                  shown(
                    later,
                    undefined,
                    '同じIDのレコードに、まだ利用者がいます。',
                    'The row of the same ID still has the user.',
                  ),
                ]
              : []),
          ],
        },
        false,
      ),
    ]
  },
}

/** It answered as if it had logged out, and nothing happened to the user in the row. */
function leavesUser(step: SeenStep): boolean {
  const { exchange, sent, setCookies, session } = step
  const { calls, status, method, location } = exchange
  const sid = sent[0]?.sid
  if (status === null || status >= 400 || userKeyIn(rowBefore(step)) === undefined) return false
  if (calls.some((call) => call.method === 'destroy' && call.sid === sid)) return false
  const written = calls.findLast((call) => call.method === 'set' && call.sid === sid)
  if (written && userKeyIn(written.data) === undefined) return false
  if (step.sid !== sid) return true
  const isCleared = setCookies.some(
    ({ name, expires, value }) =>
      name === session.name && (value === '' || (expires ?? Infinity) <= step.end),
  )
  // a GET may only ask whether that is meant, or go to somebody who ends the session for it
  const isAway = location !== null && /^(https?:)?\/\//.test(location)
  return isCleared || (method === 'GET' ? status >= 300 && status < 400 && !isAway : true)
}

const isUsed = (step: SeenStep, logout: SeenStep): boolean =>
  step.exchange.at >= logout.end - 1 &&
  step.exchange.id !== logout.exchange.id &&
  step.sent[0]?.sid === logout.sent[0]?.sid &&
  userKeyIn(rowBefore(step)) !== undefined &&
  (step.exchange.status ?? 500) < 400

/** The row ended in another way, or the app refuses it though it is there. */
function isEnded(logout: SeenStep, { steps, outside }: Seen): boolean {
  const sid = logout.sent[0]?.sid
  const later = steps.filter(
    (step) => step.exchange.at >= logout.exchange.at && step.exchange.id !== logout.exchange.id,
  )
  const calls = [
    ...later.flatMap(({ exchange }) => exchange.calls),
    ...outside.filter(({ at }) => at >= logout.exchange.at),
  ]
  if (calls.some((call) => call.sid === sid && call.method === 'destroy' && !call.error)) {
    return !later.some((step) => isUsed(step, logout))
  }
  const own = later.filter(({ sent }) => sent[0]?.sid === sid)
  return own.length > 0 && !own.some((step) => isUsed(step, logout))
}
