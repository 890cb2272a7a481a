import type { Exchange, StoreCall } from '../inspector/exchange.ts'
import type { Row } from '../stores/store.ts'

/** A cookie as Playwright reads it from the browser's jar; `expires` in seconds, -1 for a session cookie. */
export interface JarCookie {
  name: string
  value: string
  domain: string
  path: string
  expires: number
  httpOnly: boolean
  secure: boolean
  sameSite?: string
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Evidence is JSON of any shape; these tell what the fixtures hand out by the members that only it has. */
export const isExchange = (value: unknown): value is Exchange =>
  isObject(value) &&
  'url' in value &&
  'method' in value &&
  Array.isArray(value['setCookie']) &&
  Array.isArray(value['calls']) &&
  Array.isArray(value['debug'])

export const isStoreCall = (value: unknown): value is StoreCall =>
  isObject(value) && 'method' in value && 'sid' in value && 'at' in value && 'duration' in value

export const isRow = (value: unknown): value is Row =>
  isObject(value) &&
  typeof value['sid'] === 'string' &&
  typeof value['data'] === 'string' &&
  'expires' in value

export const isJarCookie = (value: unknown): value is JarCookie =>
  isObject(value) &&
  typeof value['name'] === 'string' &&
  typeof value['value'] === 'string' &&
  typeof value['httpOnly'] === 'boolean' &&
  typeof value['expires'] === 'number'

export const isRecord = isObject

const attribute = /;\s*(path|expires|max-age|domain|httponly|secure|samesite|priority|partitioned)\b/i

/** A text that can only be a `Set-Cookie` line: a pair and at least one of its attributes. */
export const isSetCookieLine = (value: unknown): value is string =>
  typeof value === 'string' && /^[\w!#$%&'*.^`|~+-]+=/.test(value) && attribute.test(value)

/** A `Set-Cookie` line that a test has taken apart, as the line it was; undefined for anything else. */
export function lineOfParsed(value: unknown): string | undefined {
  if (!isObject(value) || !isObject(value['attributes']) || Object.keys(value).length !== 3) return undefined
  const { name, value: content, attributes } = value
  if (typeof name !== 'string' || typeof content !== 'string') return undefined
  const texts = Object.entries(attributes).map(([key, set]) => (set === true ? key : `${key}=${String(set)}`))
  return [`${name}=${content}`, ...texts].join('; ')
}
