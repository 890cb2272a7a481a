import { unsign } from 'cookie-signature'
import { partsOf } from './cookie-parts.ts'

export { cookiePairs, looksSigned, valuesOf } from './cookie-parts.ts'

/**
 * `valid` and `wrong`: the signature was checked. `unchecked`: there is one, and no secret to check it with.
 * `unsigned`: the value does not begin with `s:`, so express-session does not look at it.
 */
export type SignatureState = 'valid' | 'wrong' | 'unchecked' | 'unsigned'

/** The value of a session cookie taken apart: `s:` · sid · signature (express-session README, "secret"). */
export interface CookieValue {
  /** As on the wire. */
  raw: string
  state: SignatureState
  /** The session id, also when the signature is wrong; the whole value when it is unsigned. */
  sid: string
  signature: string
}

const mostRemembered = 1000

/** Takes a cookie value apart; with `secrets` its signature is checked, as express-session checks it. */
export function readCookieValue(raw: string, secrets: readonly string[] = []): CookieValue {
  const { signed, sid, signature } = partsOf(raw)
  if (signed === null) return { raw, state: 'unsigned', sid, signature }
  if (secrets.length === 0) return { raw, state: 'unchecked', sid, signature }
  const isValid = secrets.some((secret) => unsign(signed, secret) !== false)
  return { raw, state: isValid ? 'valid' : 'wrong', sid, signature }
}

/** `readCookieValue` that remembers: whoever shows a whole record asks for the same few values over and over. */
export function createCookieReader(secrets: readonly string[]): (raw: string) => CookieValue {
  const read = new Map<string, CookieValue>()
  let count = secrets.length
  return (raw) => {
    if (read.size >= mostRemembered || secrets.length !== count) read.clear() // a new secret may fit an old value
    count = secrets.length
    const value = read.get(raw) ?? readCookieValue(raw, secrets)
    read.set(raw, value)
    return value
  }
}

/** Whether express-session ignores it: its signature does not fit, or it has none. */
export const isIgnored = ({ state }: CookieValue): boolean => state === 'wrong' || state === 'unsigned'

/** The same cookie value with one character of its signature changed. */
export function alterSignature(raw: string): string {
  const { sid, signature, state } = readCookieValue(raw)
  if (state === 'unsigned') return raw
  const first = signature.startsWith('A') ? 'B' : 'A'
  return encodeURIComponent(`s:${sid}.${first}${signature.slice(1)}`)
}
