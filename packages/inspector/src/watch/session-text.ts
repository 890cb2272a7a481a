import { longestData } from '../exchange.ts'

/** A text as the record keeps it. A slice would keep the whole text in memory. */
export const shortened = (text: string): string =>
  text.length > longestData ? Buffer.from(text.slice(0, longestData)).toString() : text

/** What an error says of itself, whatever was thrown: reading it may fail, too. */
export function failureOf(thrown: unknown): { error: string; errorCode?: string } {
  try {
    const { message, name, code } = Object(thrown) as Record<string, unknown>
    const text = [message, code, name].find((each) => typeof each === 'string' && each !== '') ?? thrown
    return { error: String(text).slice(0, longestData), ...(typeof code === 'string' && { errorCode: code }) }
  } catch {
    return { error: 'an error that cannot be shown' }
  }
}

/** A session as JSON text; null for none. */
export function textOf(session: unknown): string | null {
  if (session === undefined || session === null) return null
  try {
    return JSON.stringify(session) ?? 'undefined'
  } catch (error) {
    return `(${failureOf(error).error})`
  }
}

const keepingText = 'this.sessions[sessionId] = JSON.stringify(session)'

/** Whether this, a prototype, is express-session's own MemoryStore's, by its code: others have classes of the same name. */
export function isMemoryStore(level: object): boolean {
  const set: unknown = Object.getOwnPropertyDescriptor(level, 'set')?.value
  return typeof set === 'function' && String(set).includes(keepingText)
}

/**
 * Whether a method of a store is MemoryStore's own. That store has the session as text by the end of the call: to make
 * another one each time would take longer than all else that is noted.
 */
export function keepsOwnText(store: object, method: string, original: unknown): boolean {
  for (let at: object | null = store; at; at = Object.getPrototypeOf(at)) {
    if (isMemoryStore(at)) return Object.getOwnPropertyDescriptor(at, method)?.value === original
  }
  return false
}

/** What such a store has under a sid; null for nothing. */
export function ownTextOf(store: unknown, sid: string): string | null {
  const rows = Object(Object(store).sessions) as Record<string, unknown>
  const text = Object.hasOwn(rows, sid) ? rows[sid] : undefined
  return typeof text === 'string' ? text : null
}
