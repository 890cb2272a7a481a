export const attributeKeys = [
  'expires',
  'max-age',
  'domain',
  'path',
  'secure',
  'httponly',
  'samesite',
  'priority',
  'partitioned',
] as const
export type AttributeKey = (typeof attributeKeys)[number] | 'unknown'

/** One attribute of a `Set-Cookie` line; `key` is what it is known by, the rest is as on the wire. */
export interface Attribute {
  key: AttributeKey
  /** `Path=/` */
  text: string
  name: string
  value: string
}

/** What a `Set-Cookie` line consists of. */
export interface SetCookieParts {
  name: string
  /** The value as on the wire. */
  value: string
  attributes: Attribute[]
}

/** Takes a `Set-Cookie` line apart without asking what it means. Whatever runs with every request needs no more. */
export function takeApart(line: string): SetCookieParts {
  const [pair = '', ...rest] = line.split(';')
  const at = pair.indexOf('=')
  return {
    name: at < 0 ? '' : pair.slice(0, at).trim(),
    value: pair.slice(at + 1).trim(),
    attributes: rest.map((part) => readAttribute(part.trim())),
  }
}

function readAttribute(text: string): Attribute {
  const at = text.indexOf('=')
  const name = at < 0 ? text : text.slice(0, at)
  const key = attributeKeys.find((known) => known === name.toLowerCase()) ?? 'unknown'
  return { key, text, name, value: at < 0 ? '' : text.slice(at + 1) }
}
