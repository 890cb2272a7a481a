/**
 * When a row is over, as express-session keeps it: the `expires` of the session's own cookie, whatever else of that
 * name the session holds.
 * @param data the session as JSON text
 * @returns ms since the epoch; null: never; undefined: the text does not tell (it was cut, or is no session)
 */
export function expiryOf(data: string): number | null | undefined {
  let session: { cookie?: { expires?: unknown } | null } | null
  try {
    session = JSON.parse(data)
  } catch {
    return undefined
  }
  if (typeof session !== 'object' || session === null || Array.isArray(session)) return undefined
  const expires = session.cookie?.expires ?? null
  if (expires === null || expires === false) return null
  const time = typeof expires === 'string' || typeof expires === 'number' ? +new Date(expires) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}
