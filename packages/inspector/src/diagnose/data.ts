type Data = Readonly<Record<string, unknown>>

/** What stores put into a session themselves: session-file-store (`__lastAccess`), connect-mongo (`lastModified`). */
const ofStores = /^(__.*|lastModified)$/

const remembered = new Map<string, Data | undefined>()
const mostRemembered = 8_000_000 // characters
let rememberedLength = 0

/** A session's data without its cookie and what its store has added; undefined where the text was cut, or is none. */
export function dataOf(text: string | null): Data | undefined {
  if (text === null) return undefined
  if (remembered.has(text)) return remembered.get(text)
  rememberedLength += text.length
  if (rememberedLength > mostRemembered) {
    remembered.clear()
    rememberedLength = text.length
  }
  const data = parsed(text)
  remembered.set(text, data)
  return data
}

function parsed(text: string): Data | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (!isPlain(value)) return undefined
    return Object.fromEntries(
      Object.entries(value).filter(([key]) => key !== 'cookie' && !ofStores.test(key)),
    )
  } catch {
    return undefined
  }
}

/** Whether two values of JSON are the same, in whatever order their keys are. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false
    return one.every((item, index) => isSame(item, other[index]))
  }
  if (!isPlain(one) || !isPlain(other)) return false
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
  )
}

/** The keys at the top whose values differ. */
export const keysThatDiffer = (one: Data, other: Data): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((key) => !isSame(one[key], other[key]))

/**
 * Which of another's changes a later writer has undone, as paths: what both had read (`base`), what the other made of it
 * (`other`), and what the later one wrote (`last`). What both changed is nobody's loss, except where both appended.
 */
export function undone(base: unknown, other: unknown, last: unknown, path = ''): string[] {
  if (isSame(other, last) || isSame(base, other)) return []
  if (isSame(base, last)) return [path]
  if (isPlain(other) && isPlain(last) && (isPlain(base) || base === undefined)) {
    const keys = new Set([...Object.keys(base ?? {}), ...Object.keys(other), ...Object.keys(last)])
    return [...keys].flatMap((key) =>
      undone(base?.[key], other[key], last[key], path === '' ? key : `${path}.${key}`),
    )
  }
  if (Array.isArray(other) && Array.isArray(last) && (Array.isArray(base) || base === undefined)) {
    const had = base ?? []
    const hasAppended = (list: readonly unknown[]) => isSame(list.slice(0, had.length), had)
    const isGone = (item: unknown) => !last.some((one) => isSame(one, item))
    if (hasAppended(other) && hasAppended(last) && other.slice(had.length).some(isGone)) return [path]
  }
  return []
}

/** The paths of whole numbers that are one more than they were. */
export function countedUp(base: unknown, last: unknown, path = ''): string[] {
  if (Number.isInteger(last) && (base === undefined ? 0 : base) === Number(last) - 1) return [path]
  if (!isPlain(last) || !(isPlain(base) || base === undefined)) return []
  return Object.keys(last).flatMap((key) =>
    countedUp(base?.[key], last[key], path === '' ? key : `${path}.${key}`),
  )
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Names of keys in a sentence: a few, and how many more. */
export function namesText(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => name.slice(0, 40))
  return names.length > shown.length
    ? `${shown.join(', ')} … (+${names.length - shown.length})`
    : shown.join(', ')
}
