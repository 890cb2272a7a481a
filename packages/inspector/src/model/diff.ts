import type { Exchange } from '../exchange.ts'

/** One change of the session data. `path` as one would write it in code, as `cart[0].name`. */
export interface Change {
  kind: 'added' | 'removed' | 'changed'
  path: string
  before: string
  after: string
}

export interface SessionDiff {
  changes: Change[]
  /** Changes beyond the shown ones. */
  more: number
  /** A side is cut or is no JSON: only whether they differ is known. */
  isRough: boolean
}

const mostChanges = 50
const deepest = 30

/** What differs between two sessions, given as JSON text; null for none. The cookie inside the session is left out. */
export function diffSessions(before: string | null, after: string | null): SessionDiff {
  const from = parsed(before)
  const to = parsed(after)
  if (from === unreadable || to === unreadable) {
    const changes: Change[] =
      before === after ? [] : [{ kind: 'changed', path: '', before: before ?? '', after: after ?? '' }]
    return { changes, more: 0, isRough: true }
  }
  const changes: Change[] = []
  try {
    compare(from, to, '', 0, changes)
  } catch {
    return { changes, more: 0, isRough: true } // nested deeper than JSON is written
  }
  return {
    changes: changes.slice(0, mostChanges),
    more: Math.max(0, changes.length - mostChanges),
    isRough: false,
  }
}

/** What an exchange changed in its session: from what the store gave to what it was given last. */
export function changesIn({ calls }: Exchange): SessionDiff {
  const read = calls.find(({ method }) => method === 'get')?.data ?? null
  return diffSessions(read, calls.findLast(({ method }) => method === 'set')?.data ?? read)
}

const unreadable = Symbol('unreadable')

function parsed(text: string | null): unknown {
  if (text === null) return {}
  try {
    const value: unknown = JSON.parse(text)
    if (!isObject(value)) return unreadable
    return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'cookie'))
  } catch {
    return unreadable
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function compare(before: unknown, after: unknown, path: string, depth: number, changes: Change[]) {
  if (changes.length > mostChanges * 10) return
  const bothOpen = isObject(before) && isObject(after) && Array.isArray(before) === Array.isArray(after)
  if (!bothOpen || depth === deepest) {
    const texts = { before: textOf(before), after: textOf(after) }
    if (texts.before !== texts.after) changes.push({ kind: 'changed', path, ...texts })
    return
  }
  // keys as __proto__ are own keys of what JSON.parse made: read them only as such
  for (const key of Object.keys(before)) {
    if (Object.hasOwn(after, key))
      compare(before[key], after[key], join(path, key, before), depth + 1, changes)
    else
      changes.push({ kind: 'removed', path: join(path, key, before), before: textOf(before[key]), after: '' })
  }
  for (const key of Object.keys(after)) {
    if (Object.hasOwn(before, key)) continue
    changes.push({ kind: 'added', path: join(path, key, after), before: '', after: textOf(after[key]) })
  }
}

const textOf = (value: unknown): string => JSON.stringify(value) ?? 'undefined'

function join(path: string, key: string, holder: object): string {
  if (Array.isArray(holder)) return `${path}[${key}]`
  if (/^[A-Za-z_$][\w$]*$/.test(key)) return path ? `${path}.${key}` : key
  return `${path}[${JSON.stringify(key)}]`
}

/** A session's data without its cookie, indented, as JSON text; what is no JSON stays as it is. */
export function readableData(data: string): string {
  const value = parsed(data)
  if (value === unreadable) return data
  try {
    return JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ')
  } catch {
    return data // nested deeper than JSON is written
  }
}
