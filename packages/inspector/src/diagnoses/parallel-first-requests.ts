import { isFresh } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf, shown } from '../diagnose/found.ts'
import type { SeenStep } from '../diagnose/seen.ts'

/** Requests of one browser that had no session yet overlapped: each got its own, and the browser kept one of them. */
export const parallelFirstRequests: Diagnosis = {
  id: 'parallel-first-requests',
  kind: 'fault',
  title: {
    ja: '最初のリクエストが同時に来て、それぞれ別のセッションになった',
    en: 'the first requests came at once, and each got a session of its own',
  },
  fix: {
    words: {
      ja: '先に1つのリクエストでセッションを作り、そのあとで並べて送ります。',
      en: 'Establish the session with one request, and send the others after it.',
    },
    code: "await fetch('/session')\nawait Promise.all([…])",
  },
  source: {
    title: 'expressjs/session#606',
    url: 'https://github.com/expressjs/session/issues/606',
  },
  explains: ['rows-of-nobody'],
  find({ steps }) {
    const lost = steps.flatMap((step) => {
      const kept = isLost(step, steps) && steps.find((other) => isKeptInstead(other, step, steps))
      return kept ? [{ step, kept }] : []
    })
    const [first] = lost
    if (!first) return []
    const { step, kept } = first
    return [
      foundIn(
        lost.flatMap((one) => [one.step, one.kept]),
        {
          words: {
            ja: `${requestOf(step)}と${requestOf(kept)}はCookieなしで同時に来て、別々のセッションになりました。ブラウザーに残ったのは片方だけで、もう一方に書いたことは失われます。`,
            en: `${requestOf(step)} and ${requestOf(kept)} came at once and without a cookie: two sessions. The browser kept one of them; what was written to the other is lost.`,
          },
          evidence: [
            shown(
              kept,
              undefined,
              'このセッションのCookieは、あとのリクエストで戻ってきます。',
              'The cookie of this session comes back later.',
            ),
            shown(
              step,
              undefined,
              'このセッションのCookieは、二度と戻りません。',
              'The cookie of this one never does.',
            ),
          ],
        },
        false,
      ),
    ]
  },
}

/** A browser says so of itself; scripts that keep no cookies look the same otherwise. */
const isBrowser = ({ exchange }: SeenStep) => exchange.client.userAgent.startsWith('Mozilla/')

const isFirst = (step: SeenStep) =>
  isBrowser(step) && step.sent.length === 0 && step.sessionSet !== null && isFresh(step)

const comesBack = (step: SeenStep, steps: readonly SeenStep[]) =>
  steps.some(({ sent }) => sent.some(({ sid }) => sid === step.sid))

const isLost = (step: SeenStep, steps: readonly SeenStep[]) => isFirst(step) && !comesBack(step, steps)

/** Whether `other` is of the same browser, overlapped, and is the one that was kept. */
function isKeptInstead(other: SeenStep, step: SeenStep, steps: readonly SeenStep[]): boolean {
  const isSame = other.client.key === step.client.key && other.session.name === step.session.name
  if (!isSame || other.sid === step.sid || !isFirst(other) || !comesBack(other, steps)) return false
  return other.exchange.at < step.end && step.exchange.at < other.end
}
