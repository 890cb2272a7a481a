import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf, shown } from '../diagnose/found.ts'
import type { SeenStep } from '../diagnose/seen.ts'
import type { SessionCall } from '../exchange.ts'

/** A request went through two session() middlewares: the second one found a session, and stepped aside. */
export const twoSessionsOnOneRequest: Diagnosis = {
  id: 'two-sessions-on-one-request',
  kind: 'risk',
  title: {
    ja: '1つのリクエストが、session()を2回通っている',
    en: 'one request goes through two session() middlewares',
  },
  fix: {
    words: {
      ja: 'session()は1つにするか、通るパスが重ならないように置きます。',
      en: 'Keep one session(), or mount them on paths that do not overlap.',
    },
    code: "app.use('/desk', deskSession, desk)\napp.use('/shop', shopSession, shop)",
  },
  source: {
    title: 'expressjs/session#497',
    url: 'https://github.com/expressjs/session/issues/497',
  },
  find({ steps, sessions }) {
    const doubled = steps.flatMap((step) => {
      const idle = idleCall(step, sessions)
      return idle ? [{ step, idle }] : []
    })
    const [first] = doubled
    if (!first) return []
    const { step, idle } = first
    const place = idle.where === undefined ? '' : ` (${idle.where})`
    return [
      {
        ...foundIn(
          doubled.map((one) => one.step),
          {
            words: {
              ja: `${requestOf(step)}では、先のsession()(${step.session.name})がもうセッションを作ったので、あとの${idle.name}${place}は何もしません。`,
              en: `In ${requestOf(step)} the first session() (${step.session.name}) has made the session already, so that the later one, ${idle.name}${place}, does nothing.`,
            },
            evidence: [
              shown(
                step,
                undefined,
                `このリクエストはsession()を${step.exchange.sessions.length}回通りました。`,
                `This request went through session() ${step.exchange.sessions.length} times.`,
              ),
            ],
          },
          false,
        ),
        ...(idle.where !== undefined && { where: idle.where }),
      },
    ]
  },
}

/** The session() call that found a session already; undefined where the first one itself had stepped aside. */
function idleCall(
  { exchange, sessionCall }: SeenStep,
  sessions: readonly SessionCall[],
): SessionCall | undefined {
  const numbers = [...new Set(exchange.sessions)]
  const stoodAside = exchange.debug.filter(
    (line) => line === 'pathname mismatch' || line === 'store is disconnected',
  ).length
  const [, later] = numbers.slice(stoodAside)
  return sessions.find(({ number, pid }) => number === later && pid === (sessionCall?.pid ?? pid))
}
