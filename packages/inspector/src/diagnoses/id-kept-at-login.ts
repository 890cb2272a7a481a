import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf } from '../diagnose/found.ts'
import type { SeenStep } from '../diagnose/seen.ts'
import { isLogout, rowBefore, userKeyIn } from '../diagnose/users.ts'

/** A visitor became somebody, and kept the id of before. */
export const idKeptAtLogin: Diagnosis = {
  id: 'id-kept-at-login',
  kind: 'fault',
  title: { ja: 'ログインしても、セッションIDが変わらない', en: 'the session ID stays the same at login' },
  fix: {
    words: {
      ja: 'ログインしたらregenerate()でIDを替えてから、利用者を書きます。',
      en: 'At login, regenerate() first, then write the user.',
    },
    code: 'req.session.regenerate((error) => { req.session.user = user; req.session.save(…) })',
  },
  source: {
    title: 'express-session README, Session.regenerate(callback); CWE-384',
    url: 'https://github.com/expressjs/session#sessionregeneratecallback',
  },
  lab: { scenario: 'login', variant: 'no-regenerate' },
  find({ steps }) {
    const kept = steps.filter((step) => keyOf(step) !== undefined)
    const [first] = kept
    if (!first) return []
    const key = keyOf(first)
    return [
      foundIn(
        kept,
        {
          words: {
            ja: `${requestOf(first)}で、前からあったセッションに利用者(${key})が書かれ、IDは同じままです。そのIDを先に知っていた人も、ログインしたことになります(セッション固定)。`,
            en: `${requestOf(first)} wrote the user (${key}) into a session that existed before, under the same ID: whoever knew that ID is logged in, too (session fixation).`,
          },
          evidence: [
            {
              exchange: first.exchange.id,
              call: first.exchange.calls.findLastIndex(({ method }) => method === 'set'),
              words: {
                ja: `getにはなかった${key}が、同じIDのsetにあります。`,
                en: `set has ${key}, which get did not find, under the same ID.`,
              },
            },
          ],
        },
        false,
      ),
    ]
  },
}

/** The key that made somebody of a visitor whose session was there already. */
function keyOf(step: SeenStep): string | undefined {
  const { exchange, sent } = step
  const before = rowBefore(step)
  if (before === null || userKeyIn(before) !== undefined || isLogout(step) || (exchange.status ?? 500) >= 400)
    return undefined
  const written = exchange.calls.findLast(({ method }) => method === 'set')
  return written && written.sid === sent[0]?.sid ? userKeyIn(written.data) : undefined
}
