import { settings } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { perSession, requestOf, shown } from '../diagnose/found.ts'
import { type Seen, type SeenStep, sawAllOfRecord } from '../diagnose/seen.ts'
import { looksSigned } from '../model/cookie-value.ts'

/** A cookie that was ours comes with the signature of another secret. */
export const secretDiffers: Diagnosis = {
  id: 'secret-differs',
  kind: 'fault',
  title: { ja: 'Cookieが、いまとは別の鍵で署名されている', en: 'cookies are signed with another secret' },
  fix: {
    words: {
      ja: '鍵は起動のたびに作らず、すべてのプロセスで同じものを環境変数から読みます。替えるときは、前の鍵も配列に残します。',
      en: 'Do not make the secret at start: read one for all processes from the environment. When it changes, keep the previous one in the array.',
    },
    code: 'session({ …, secret: [process.env.SESSION_SECRET, process.env.PREVIOUS_SECRET] })',
  },
  source: { title: 'express-session README, secret', url: 'https://github.com/expressjs/session#secret' },
  lab: { scenario: 'secret', variant: 'changed' },
  explains: ['rows-of-nobody', 'memory-store-forgot', 'parallel-first-requests', 'row-ends-while-in-use'],
  find(seen) {
    const setBy = new Map(settings(seen).map((step) => [step.sessionSet.value, step]))
    const refused = seen.steps.filter((step) => isRefused(step) && step.sent.length === 1)
    const ours = refused.filter((step) => {
      const [value] = step.sent
      if (!value) return false
      const setter = setBy.get(value.raw)
      return setter ? setter.exchange.at < step.exchange.at : isStrangerOfOurs(step, seen, refused)
    })
    return perSession(ours, (first) => {
      const setter = setBy.get(first.sent[0]?.raw ?? '')
      const { ja, en } = howKnown(first, setter)
      return {
        words: {
          ja: `${requestOf(first)}の${first.session.name}の署名は、いまのどの鍵にも合わず、セッションは失われました。${ja}`,
          en: `The signature of ${first.session.name} in ${requestOf(first)} fits none of the secrets, and the session is lost. ${en}`,
        },
        evidence: [
          shown(
            first,
            'express-session cookie signature invalid',
            'express-session自身がこう記録しています。',
            'express-session itself says so.',
          ),
          ...(setter
            ? [
                shown(
                  setter,
                  `Set-Cookie: ${first.session.name}=…`,
                  'その値を渡したレスポンスです。',
                  'The response that had given this very value.',
                ),
              ]
            : []),
        ],
      }
    })
  },
}

const isRefused = ({ exchange, sent }: SeenStep) =>
  exchange.debug.includes('cookie signature invalid') && sent[0]?.state === 'wrong'

/** Whether one that this record does not know was ours: its row is there, or all that can be seen of it is as ours. */
function isStrangerOfOurs(step: SeenStep, seen: Seen, refused: readonly SeenStep[]): boolean {
  if (!sawAllOfRecord(seen)) return false
  const { steps } = seen
  const [value] = step.sent
  const call = step.sessionCall
  if (!value || !looksSigned(value.raw) || value.signature.length !== 43) return false
  // a known id with another signature has been tampered with
  if (
    steps.some(
      ({ exchange, sid }) =>
        sid === value.sid && exchange.id !== step.exchange.id && !isSame(step, exchange, refused),
    )
  )
    return false
  if (
    step.facts.hasRefusedRow ||
    refused.some((one) => one.facts.hasRefusedRow && one.sent[0]?.raw === value.raw)
  )
    return true
  if (!call || call.hasGenid || call.name === 'connect.sid' || !/^[\w-]{32}$/.test(value.sid)) return false
  // a new one has come back rightly since: nobody overwrites it
  const setLater = steps.find(
    ({ exchange, sessionSet, client }) =>
      sessionSet && client === step.client && exchange.at >= step.exchange.at,
  )
  return steps.some(({ sent }) =>
    sent.some(({ raw, state }) => raw === setLater?.sessionSet?.value && state === 'valid'),
  )
}

/** Whether that exchange brought the same refused value. */
const isSame = (step: SeenStep, exchange: SeenStep['exchange'], refused: readonly SeenStep[]) =>
  refused.some((one) => one.exchange.id === exchange.id && one.sent[0]?.raw === step.sent[0]?.raw)

function howKnown(step: SeenStep, setter: SeenStep | undefined) {
  const [here, there] = [step.sessionCall, setter?.sessionCall]
  if (setter && here && there && here.pid !== there.pid)
    return {
      ja: `プロセス${there.pid}が渡したCookieを、プロセス${here.pid}が受け取りました。`,
      en: `Process ${there.pid} had given it, and process ${here.pid} got it.`,
    }
  if (setter)
    return { ja: 'この値を渡したのは、このアプリです。', en: 'It was this app that had given this value.' }
  if (step.facts.hasRefusedRow)
    return { ja: 'そのIDのレコードはストアにあります。', en: 'The store has the row of this ID.' }
  return {
    ja: '前の起動で別の鍵を使っていたと思われます(secretを起動時に作っていれば、これです)。別のアプリのCookieなら、名前が同じアプリが同じホストにあります。',
    en: 'Before the last start there seems to have been another secret (as when it is made at start). Were it of another app, that app is on the same host and uses the same name.',
  }
}
