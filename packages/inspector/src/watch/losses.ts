const deepest = 6
const mostValues = 300 // that are looked at
const mostLosses = 10

/**
 * What JSON does not keep of a session: each as `path: what it is`. A property that is undefined is left out by JSON and
 * reads as undefined again: that is no loss. Values with `toJSON` lose their class.
 */
export function lossesOf(session: unknown): readonly string[] {
  if (isSimple(session)) return none
  const losses: string[] = []
  const seen = new Set<object>()
  let count = 0

  function visit(value: unknown, path: string, depth: number) {
    if (++count > mostValues || losses.length >= mostLosses || depth > deepest) return
    const lost = lossOf(value, depth === 0)
    if (lost !== null) losses.push(`${path}: ${lost}`)
    if (lost !== null || typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    for (const key of Object.keys(value)) {
      if (depth === 0 && key === 'cookie') continue
      if (depth === 0 && isTaken(key)) {
        losses.push(`${key}: name of a method`)
        continue
      }
      const inner = (value as Record<string, unknown>)[key]
      const place = path === '' ? key : `${path}.${key}`
      if (Array.isArray(value) && !/^\d+$/.test(key)) losses.push(`${place}: Array key`)
      else if (Array.isArray(value) && inner === undefined) losses.push(`${place}: undefined`)
      else if (inner !== undefined) visit(inner, place, depth + 1)
    }
  }
  visit(session, '', 0)
  return losses
}

const none: readonly string[] = []

/** Whether there is nothing but texts, numbers and the like beside the cookie: most sessions are so. */
function isSimple(session: unknown): boolean {
  if (typeof session !== 'object' || session === null || Array.isArray(session)) return false
  for (const key of Object.keys(session)) {
    if (key === 'cookie') continue
    const value = (session as Record<string, unknown>)[key]
    const isKept = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
    if (!isKept || isTaken(key)) return false
  }
  return true
}

/** express-session does not take over what every session has anyway (`Session`). */
const isTaken = (key: string) => key in Object.prototype || methods.has(key)
const methods = new Set(['touch', 'resetMaxAge', 'save', 'reload', 'destroy', 'regenerate'])

function lossOf(value: unknown, isSession: boolean): string | null {
  if (typeof value === 'function' || typeof value === 'symbol') return typeof value
  if (typeof value === 'number') return Number.isFinite(value) ? null : String(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isSession) return null
  const above = Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null
  if (above === null || Object.getPrototypeOf(above) === null) return null // plain, of whatever realm
  return above.constructor?.name || 'class'
}
