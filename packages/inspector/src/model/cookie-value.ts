import { unsign } from 'cookie-signature'

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

const decoded = (raw: string): string => {
  try {
    return decodeURIComponent(raw)
  } catch {
    return raw
  }
}

/** Takes a cookie value apart; with `secrets` its signature is checked, as express-session checks it. */
export function readCookieValue(raw: string, secrets: readonly string[] = []): CookieValue {
  const value = decoded(raw)
  if (!value.startsWith('s:')) return { raw, state: 'unsigned', sid: value, signature: '' }
  const signed = value.slice(2)
  const dot = signed.lastIndexOf('.')
  const sid = dot < 0 ? signed : signed.slice(0, dot)
  const signature = dot < 0 ? '' : signed.slice(dot + 1)
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

/** The name–value pairs of a `Cookie` header in the order sent, a name that is there twice twice (RFC 6265, 5.4). */
export function cookiePairs(header: string | null | undefined): { name: string; value: string }[] {
  if (!header) return []
  return header.split(';').flatMap((part) => {
    const at = part.indexOf('=')
    if (at < 0) return []
    return [
      {
        name: part.slice(0, at).trim(),
        value: part
          .slice(at + 1)
          .trim()
          .replace(/^"(.*)"$/, '$1'),
      },
    ]
  })
}

/** The values that a `Cookie` header holds under one name. express-session reads the first. */
export const valuesOf = (header: string | null | undefined, name: string): string[] =>
  cookiePairs(header)
    .filter((pair) => pair.name === name)
    .map(({ value }) => value)

/** Whether a value looks like what express-session signs. */
export const looksSigned = (value: string): boolean => /^s(%3A|:)/i.test(value)

/** Whether express-session ignores it: its signature does not fit, or it has none. */
export const isIgnored = ({ state }: CookieValue): boolean => state === 'wrong' || state === 'unsigned'

/** The same cookie value with one character of its signature changed. */
export function alterSignature(raw: string): string {
  const { sid, signature, state } = readCookieValue(raw)
  if (state === 'unsigned') return raw
  const first = signature.startsWith('A') ? 'B' : 'A'
  return encodeURIComponent(`s:${sid}.${first}${signature.slice(1)}`)
}
