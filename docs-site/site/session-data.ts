import * as v from 'valibot'

/** A session out of its JSON text; undefined when that is none: a store may keep another form, a long text is cut. */
export function sessionIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const withLifetime = v.object({ cookie: v.object({ originalMaxAge: v.number() }) })

/** The `originalMaxAge` (ms) of a session as JSON text; undefined when it has none. */
export function lifetimeIn(text: string): number | undefined {
  const found = v.safeParse(withLifetime, sessionIn(text))
  return found.success ? found.output.cookie.originalMaxAge : undefined
}
