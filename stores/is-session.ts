import type { Request } from 'express'
import type { Cookie, SessionData, Store } from 'express-session'

type Kind = (value: unknown) => boolean
const isText: Kind = (value) => typeof value === 'string'
const isFlag: Kind = (value) => typeof value === 'boolean'
const isNumber: Kind = (value) => typeof value === 'number'
const isDate: Kind = (value) => value instanceof Date

/** What a stored cookie may say, beside nothing at all and the `false` with which an app unsets an expiry. */
const kinds: Readonly<Record<string, Kind>> = {
  expires: (value) => isText(value) || isDate(value),
  _expires: isDate, // where a store keeps objects, `expires` is only a getter
  originalMaxAge: isNumber,
  maxAge: isNumber,
  path: isText,
  domain: isText,
  httpOnly: isFlag,
  secure: (value) => isFlag(value) || value === 'auto',
  sameSite: (value) => isFlag(value) || isText(value),
  priority: isText,
  partitioned: isFlag,
  data: () => true, // the one key that express-session leaves out
}

/**
 * Whether express-session can do with `value` all that it does with a session out of `store`. What it takes over unseen
 * is the cookie: with a wrong one it throws while the response leaves, where nobody catches it. Of keys that are names
 * of its own (`save`, `req`, `__proto__`) it takes none over; they do no harm.
 */
export function isSession(value: unknown, store: Store): boolean {
  if (!isObject(value) || !isObject(value['cookie'])) return false
  const { cookie } = value
  try {
    return (
      Object.entries(cookie).every(([key, each]) => hasItsKind(key, each, store)) && canBeUsed(cookie, store)
    )
  } catch {
    return false
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function hasItsKind(key: string, value: unknown, store: Store): boolean {
  const kind = Object.hasOwn(kinds, key) ? kinds[key] : undefined
  if (kind) return value === undefined || value === null || value === false || kind(value)
  return !(key in made({}, store).cookie) // every key is copied, over the methods of the cookie too
}

/** Writes the cookie, touches it and writes it again, as express-session does; throws where that does. */
function canBeUsed(stored: object, store: Store): boolean {
  const { sameSite = null } = stored as { sameSite?: unknown }
  // 'auto' stays as it is where the option `cookie` is a function; it cannot be written, which is for the app to find
  const session = made({ ...stored, sameSite: sameSite === 'auto' ? null : sameSite }, store)
  const cookie = session.cookie as Cookie & { serialize(name: string, value: string): string }
  cookie.serialize('sid', '')
  session.touch()
  cookie.serialize('sid', '')
  return true
}

/** What express-session makes of a stored session with this cookie. */
const made = (cookie: object, store: Store) => store.createSession({} as Request, { cookie } as SessionData)
