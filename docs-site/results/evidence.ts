import * as v from 'valibot'

/** One call on the store: what the recorder keeps of it and a reader wants to see. */
const storeCall = v.object({
  method: v.picklist(['get', 'set', 'destroy', 'touch']),
  sid: v.string(),
  data: v.nullable(v.string()),
  error: v.nullable(v.string()),
})

const exchange = v.object({
  method: v.string(),
  url: v.string(),
  cookie: v.nullable(v.string()),
  status: v.nullable(v.number()),
  location: v.nullable(v.string()),
  setCookie: v.array(v.string()),
  calls: v.array(storeCall),
  debug: v.array(v.string()),
})

const row = v.object({ sid: v.string(), data: v.string(), expires: v.nullable(v.number()) })

/** A cookie as Playwright reads it from the browser's jar; `expires` in seconds, -1 for a session cookie. */
const jarCookie = v.object({
  name: v.string(),
  value: v.string(),
  domain: v.string(),
  path: v.string(),
  expires: v.number(),
  httpOnly: v.boolean(),
  secure: v.boolean(),
  sameSite: v.optional(v.string()),
})

/** Each of them in the order seen; null where one was looked for and not there. */
const several = <Item extends v.GenericSchema>(item: Item) => v.array(v.nullable(item))
const label = v.string()

/**
 * A piece of evidence: what a test has seen. The test says of which kind it is.
 * The members that are not named here are left out when it is read.
 */
export const evidence = v.variant('kind', [
  v.object({ kind: v.literal('exchange'), label, value: several(exchange) }),
  v.object({ kind: v.literal('calls'), label, value: several(storeCall) }),
  /** `Set-Cookie` lines as they left. */
  v.object({ kind: v.literal('setCookie'), label, value: several(v.string()) }),
  v.object({ kind: v.literal('cookie'), label, value: several(jarCookie) }),
  v.object({ kind: v.literal('row'), label, value: several(row) }),
  /** Anything else. */
  v.object({ kind: v.literal('json'), label, value: v.unknown() }),
])
export type Evidence = v.InferOutput<typeof evidence>

type ValueOf<Kind extends Evidence['kind']> = Extract<Evidence, { kind: Kind }>['value']
export type SeenExchange = NonNullable<ValueOf<'exchange'>[number]>
export type SeenCall = NonNullable<ValueOf<'calls'>[number]>
export type SeenCookie = NonNullable<ValueOf<'cookie'>[number]>
export type SeenRow = NonNullable<ValueOf<'row'>[number]>
