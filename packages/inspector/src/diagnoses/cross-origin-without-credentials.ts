import { comebacks, isNeverBack, lineOf, type Setting, settings } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, pathOf, requestOf, shown } from '../diagnose/found.ts'
import { foreignScript, goesEverywhere } from '../diagnose/origins.ts'
import type { SeenStep } from '../diagnose/seen.ts'

/** A script of another origin calls without credentials. */
export const crossOriginWithoutCredentials: Diagnosis = {
  id: 'cross-origin-without-credentials',
  kind: 'fault',
  title: {
    ja: '別のオリジンのスクリプトが、credentialsなしで呼んでいる',
    en: 'a script of another origin calls without credentials',
  },
  fix: {
    words: {
      ja: "ログインを含むすべての呼び出しにcredentials: 'include'を付けます(axiosではwithCredentials: true)。レスポンス側も許可が要ります。",
      en: "Add credentials: 'include' to every call, the login too (axios: withCredentials: true). The response has to allow it.",
    },
    code: "fetch(url, { credentials: 'include' }) // cors({ origin: 'https://app.example', credentials: true })",
  },
  source: {
    title: 'MDN, fetch, credentials',
    url: 'https://developer.mozilla.org/docs/Web/API/RequestInit#credentials',
  },
  lab: { scenario: 'cross-origin', variant: 'no-include' },
  explains: ['rows-of-nobody', 'parallel-first-requests', 'cors-refuses-credentials'],
  find(seen) {
    const { of } = comebacks(seen)
    const everywhere = new Set(
      settings(seen)
        .filter(goesEverywhere)
        .map(({ session }) => session.name),
    )
    const calls = new Map<string, SeenStep[]>()
    for (const step of seen.steps) {
      if (!isWithout(step, everywhere)) continue
      const key = `${step.client.key}\n${step.exchange.origin}\n${step.session.name}`
      const known = calls.get(key)
      if (known) known.push(step)
      else calls.set(key, [step])
    }
    return [...calls.values()].flatMap((all) => {
      const lost = lostBy(all, (step) => isNeverBack(step, seen, of))
      const [setter, later] = lost
      if (!setter || !later) return []
      const origin = setter.exchange.origin ?? (setter.exchange.fetch.site || '')
      return [
        foundIn(
          lost,
          {
            about: origin,
            words: {
              ja: `別のオリジン(${origin})のスクリプトに${requestOf(setter)}でCookieを渡しましたが、続く${requestOf(later)}には付いてきませんでした。fetchがcredentialsなしで呼ばれています。`,
              en: `A script of another origin (${origin}) was given the cookie by ${requestOf(setter)}, and its ${requestOf(later)} came without: fetch is called without credentials.`,
            },
            evidence: [
              shown(
                setter,
                lineOf((setter as Setting).sessionSet),
                'Cookieを渡したレスポンスです。',
                'The response that gave the cookie.',
              ),
              shown(later, `Origin: ${origin}`, 'Cookieがありません。', 'No Cookie.'),
            ],
          },
          false,
        ),
      ]
    })
  },
}

/** A call of a script of another origin, in the same site or with a cookie that goes everywhere. */
function isWithout(step: SeenStep, everywhere: ReadonlySet<string | null>): boolean {
  const from = foreignScript(step)
  if (from === undefined || step.facts.isAuthorised || step.exchange.debug.length === 0) return false
  return from === 'same-site' || everywhere.has(step.session.name)
}

/** What was set for these calls and never came back in any, and a later one without a cookie. */
function lostBy(all: readonly SeenStep[], isLost: (step: Setting) => boolean): SeenStep[] {
  const set = settings({ steps: all })
  const lost = set.filter(isLost)
  const [first] = lost
  if (!first) return []
  // other visitors may look the same from here: with any cookie from that origin, only a route that never has one tells
  const hasCookie = all.filter(({ sent }) => sent.length > 0)
  const route = (step: SeenStep) => `${step.exchange.method} ${pathOf(step)}`
  const isAlways = (step: SeenStep) => !hasCookie.some((one) => route(one) === route(step))
  const suspects = hasCookie.length === 0 ? all : repeated(all.filter(isAlways), route)
  const start = suspects.find((step) => lost.includes(step as Setting))
  const later = suspects.filter(
    (step) => start && step.sent.length === 0 && step.exchange.at >= start.end - 1 && step !== start,
  )
  return start && later.length > 0 ? [start, ...later] : []
}

/** Those of a route that lost its cookie more than once. */
function repeated(steps: readonly SeenStep[], route: (step: SeenStep) => string): SeenStep[] {
  const setting = steps.filter(({ sessionSet }) => sessionSet)
  return steps.filter((step) => setting.filter((one) => route(one) === route(step)).length > 1)
}
