import type { Diagnosis, Found } from '../../packages/inspector/src/diagnose/diagnosis.ts'
import type { Seen } from '../../packages/inspector/src/diagnose/seen.ts'

/** What rests on something that was not seen: where requests passed unrecorded, none of these says a word. */
const silent: ReadonlySet<string> = new Set([
  ...['cookie-ends-while-in-use', 'cross-origin-without-credentials', 'destroyed-session-came-back'],
  ...['domain-does-not-match', 'logout-keeps-the-user', 'memory-store-forgot', 'parallel-first-requests'],
  ...['proxy-not-trusted', 'proxy-without-proto', 'row-ends-while-in-use', 'rows-of-nobody'],
  ...['samesite-keeps-it-back', 'saved-with-stale-expiry', 'secure-over-http', 'session-grows'],
])
/** What has several proofs, and some of them rest on that. */
const partly: ReadonlySet<string> = new Set([
  ...['logout-by-get', 'name-shared-with-another-app', 'outside-cookie-path', 'secret-differs'],
  ...['session-for-static-files', 'session-missing', 'store-disconnected', 'written-after-end'],
  'written-outside-a-request',
])

const isPassing = { hasPassed: () => true }

/** How many findings are left of a diagnosis where requests passed unrecorded all the time. */
export const countAcrossGaps = (diagnosis: Diagnosis, seen: Seen): number =>
  diagnosis.find({ ...seen, ...isPassing }).length

/**
 * What a diagnosis finds in a record. Whatever it finds, it is asked once more as if requests had passed unrecorded all the
 * time: it then says nothing, or part of it, or the same, as is set down for it here.
 */
export function findWithAndWithoutGaps(diagnosis: Diagnosis, seen: Seen): readonly Found[] {
  const all = diagnosis.find(seen)
  const across = diagnosis.find({ ...seen, ...isPassing })
  const ids = (found: readonly Found[]) => JSON.stringify(found.map(({ exchanges }) => exchanges))
  const isAsSetDown = silent.has(diagnosis.id)
    ? across.length === 0
    : partly.has(diagnosis.id)
      ? across.length <= all.length
      : ids(across) === ids(all)
  if (!isAsSetDown) throw new Error(`across a gap ${diagnosis.id} says: ${ids(across)}, else: ${ids(all)}`)
  return all
}
