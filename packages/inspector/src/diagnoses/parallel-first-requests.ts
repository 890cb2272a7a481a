import { callsIn, evidenceIn, grouped, idsOf, routeOf } from '../diagnose/calls.ts'
import { dataOf, namesText } from '../diagnose/data.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { type SeenStep, sawAll } from '../diagnose/seen.ts'

const rounding = 30 // ms: a browser may go on before the server knows that it has all

/** Several first requests of one browser were under way at once: each got a session, and the browser keeps one. */
export const parallelFirstRequests: Diagnosis = {
  id: 'parallel-first-requests',
  kind: 'fault',
  title: {
    ja: '最初のリクエストが同時に複数来て、別々のセッションになった',
    en: 'several first requests at once each got a session of their own',
  },
  fix: {
    words: {
      ja: 'まず一つのリクエストでセッションを作り、残りはその後に送ります。',
      en: 'Make the session with one request, and send the others then.',
    },
    code: "await fetch('/session')\nawait Promise.all([fetch('/a'), fetch('/b')])",
  },
  source: { title: 'expressjs/session#606', url: 'https://github.com/expressjs/session/issues/606' },
  explains: ['rows-of-nobody'],
  find(seen) {
    const clients = grouped(seen.steps, ({ client, session }) => `${client.key}\n${session.name}`)
    const groups = [...clients.values()]
      .flatMap(groupsIn)
      .filter(({ all }) => sawAll(seen, Math.min(...all.map(({ exchange }) => exchange.at))))
    const [first] = groups
    const lost = first?.lost[0]
    if (!first || !lost) return []
    const routes = first.all.slice(0, 3).map(({ exchange }) => routeOf(exchange))
    const keys = namesText(Object.keys(dataOf(savedIn(lost)) ?? {}))
    return [
      {
        words: {
          ja: `Cookieのない${first.all.length}つのリクエスト(${routes.join('、')})が同時に処理され、それぞれ新しいセッションになりました。ブラウザーに残ったのは一つで、${routeOf(lost.exchange)}が書いた${keys}は失われました。`,
          en: `${first.all.length} requests without a cookie (${routes.join(', ')}) were served at once, each with a new session. The browser kept one of them: what ${routeOf(lost.exchange)} wrote (${keys}) is lost.`,
        },
        evidence: [
          ...first.lost
            .slice(0, 3)
            .map(({ exchange }) =>
              evidenceIn(
                exchange,
                'このidは二度と戻ってきませんでした。',
                'This id never came back.',
                'Set-Cookie',
              ),
            ),
          evidenceIn(
            first.kept.exchange,
            'ブラウザーに残ったのはこのidです。',
            'The browser kept this id.',
            'Set-Cookie',
          ),
        ],
        exchanges: groups.flatMap(({ all }) => idsOf(all)),
      },
    ]
  },
}

interface Group {
  all: SeenStep[]
  kept: SeenStep
  lost: SeenStep[]
}

/** Of one kind of browser: where only one of the ids is sent again, it was one browser. */
function groupsIn(steps: readonly SeenStep[]): Group[] {
  const used = new Set(steps.flatMap(({ sent }) => sent.slice(0, 1).map(({ sid }) => sid)))
  return overlapping(steps).flatMap((all) => {
    const kept = all.filter(({ sid }) => used.has(sid ?? ''))
    const lost = all.filter(
      (step) => !kept.includes(step) && Object.keys(dataOf(savedIn(step)) ?? {}).length > 0,
    )
    const [one] = kept
    if (!one || kept.length !== 1 || lost.length === 0) return []
    const over = Math.max(...all.map(({ end }) => end))
    const isBack = steps.some(
      ({ exchange, sent }) => exchange.at >= over - rounding && sent[0]?.sid === one.sid,
    )
    return isBack ? [{ all, kept: one, lost }] : []
  })
}

/** The requests without a cookie that were given one while others of them were under way. */
function overlapping(steps: readonly SeenStep[]): SeenStep[][] {
  const fresh = steps
    .filter(({ sent, sessionSet, sid }) => sent.length === 0 && sessionSet && sid !== null)
    .sort((one, other) => one.exchange.at - other.exchange.at)
  const groups: SeenStep[][] = []
  for (const step of fresh) {
    const group = groups.at(-1)
    if (group?.every(({ end }) => step.exchange.at < end)) group.push(step)
    else groups.push([step])
  }
  return groups
}

const savedIn = ({ exchange, sid }: SeenStep): string | null =>
  callsIn(exchange).findLast(({ call }) => call.method === 'set' && call.sid === sid)?.call.data ?? null
