const decoded = (raw: string): string => {
  try {
    return decodeURIComponent(raw)
  } catch {
    return raw
  }
}

/** A session cookie's value without asking whether its signature fits; `signed` is null where it has none. */
export function partsOf(raw: string): { signed: string | null; sid: string; signature: string } {
  const value = decoded(raw)
  if (!value.startsWith('s:')) return { signed: null, sid: value, signature: '' }
  const signed = value.slice(2)
  const dot = signed.lastIndexOf('.')
  if (dot < 0) return { signed, sid: signed, signature: '' }
  return { signed, sid: signed.slice(0, dot), signature: signed.slice(dot + 1) }
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
