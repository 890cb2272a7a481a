import { attributeOf, type SetCookie } from '../model/set-cookie.ts'
import { type Seen, type SeenStep, sawAll } from './seen.ts'

/** A `Set-Cookie` as it left, without its value. */
export const lineOf = ({ name, attributes }: SetCookie): string =>
  `Set-Cookie: ${[`${name}=…`, ...attributes.map(({ text }) => text)].join('; ')}`

/** The value of an attribute in lower case; undefined where it is not there. */
export const attribute = (set: SetCookie, key: Parameters<typeof attributeOf>[1]): string | undefined =>
  attributeOf(set, key)?.value.toLowerCase()

/** A step whose response sets the session cookie. */
export type Setting = SeenStep & { sessionSet: SetCookie }

/** The steps that set a session cookie. */
export const settings = ({ steps }: Pick<Seen, 'steps'>): Setting[] =>
  steps.filter((step): step is Setting => step.sessionSet !== null)

/** Whether it sets a session of another id than the request came with. */
export const isFresh = ({ sid, sent }: SeenStep): boolean =>
  sid !== null && !sent.some((one) => one.sid === sid)

/** Which cookie values have come back, and in which steps. */
export function comebacks({ steps }: Pick<Seen, 'steps'>) {
  const byValue = new Map<string, SeenStep[]>()
  for (const step of steps) {
    for (const { raw } of step.sent) {
      const known = byValue.get(raw)
      if (known) known.push(step)
      else byValue.set(raw, [step])
    }
  }
  const of = ({ sessionSet }: Setting) => byValue.get(sessionSet.value) ?? []
  return {
    /** The steps that a value came back in. */
    of,
    /** Whether a browser has kept and sent it: others are less strict. */
    isFromBrowser: (step: Setting) => of(step).some(({ exchange }) => exchange.fetch.site !== null),
  }
}

/** Whether what this step set has never come back, as far as that can be known. */
export const isNeverBack = (step: Setting, seen: Seen, of: ReturnType<typeof comebacks>['of']): boolean =>
  of(step).length === 0 && sawAll(seen, step.exchange.at)

/** A later request of the same visitor and name that came without the cookie which this step set. */
export const missedLater = (step: Setting, { steps }: Pick<Seen, 'steps'>): SeenStep | undefined =>
  steps.find(
    ({ exchange, client, session, sent }) =>
      client.key === step.client.key &&
      session.name === step.session.name &&
      exchange.at >= step.exchange.at + (step.exchange.headAt ?? 0) &&
      exchange.id !== step.exchange.id &&
      !sent.some(({ raw }) => raw === step.sessionSet.value),
  )

/** The row's own cookie, as the last `set` of a step wrote it. */
export function writtenCookie({ exchange }: SeenStep): Record<string, unknown> | undefined {
  const data = exchange.calls.findLast(({ method }) => method === 'set')?.data
  return data ? (parsed(data)?.['cookie'] as Record<string, unknown> | undefined) : undefined
}

/** Session data out of its JSON text; undefined where it is none, or was cut. */
export function parsed(data: string | null | undefined): Record<string, unknown> | undefined {
  if (!data) return undefined
  try {
    const value: unknown = JSON.parse(data)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
