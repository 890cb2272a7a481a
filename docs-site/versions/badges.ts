import type { Stretch } from './stretches.ts'

/**
 * What a sentence's own view says about the releases:
 * - `always`: it is so in all that were measured;
 * - `since`: it is so from a release to the newest;
 * - `range`: it was so in some before.
 */
export interface Badge extends Stretch {
  kind: 'always' | 'since' | 'range'
}

/** The newest first. None where nothing was measured, or nothing that could be decided in any release. */
export function badgesOf(stretches: readonly Stretch[]): Badge[] {
  const newest = stretches.at(-1)?.to
  const measured = merged(stretches.filter(({ cell }) => cell !== null))
  const isDecided = measured.some(({ cell }) => cell !== 'cannot-run')
  if (!isDecided) return []
  if (measured.length === 1) return measured.map((stretch) => ({ ...stretch, kind: 'always' }))
  return measured
    .map((stretch): Badge => ({ ...stretch, kind: stretch.to === newest ? 'since' : 'range' }))
    .reverse()
}

/** Stretches of the same cell as one: also where nobody has measured what lies between. */
function merged(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = []
  for (const stretch of stretches) {
    const last = all.at(-1)
    if (last && last.cell === stretch.cell && last.why === stretch.why) last.to = stretch.to
    else all.push({ ...stretch })
  }
  return all
}
