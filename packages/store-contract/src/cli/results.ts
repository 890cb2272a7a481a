import type { Claim, Finding } from '../claim.ts'
import { isFault, type Standing } from '../standing.ts'
import { type Summary, summaryOf } from '../summary.ts'

/** What one sentence came to. */
export interface Result {
  claim: Claim
  found: Finding
  standing: Standing
  /** Why it is not meant to hold. */
  reason: string | undefined
}

/** The exit code: 1 where a sentence is broken. */
export const exitCodeOf = (results: readonly Result[]): 0 | 1 =>
  results.some(({ standing }) => isFault(standing)) ? 1 : 0

/** What `--json` prints; `summary` only where every sentence was tried. */
export function asJson(
  results: readonly Result[],
  about: { module: string; behind: string | null; isWhole: boolean },
) {
  const { isWhole, ...rest } = about
  const found = Object.fromEntries(results.map((result) => [result.claim.id, result.found]))
  const summary: Summary | null = isWhole ? summaryOf(found) : null
  return {
    format: 'express-session-store-contract',
    version: 1,
    ...rest,
    node: process.versions.node,
    summary,
    results: results.map(({ claim: { id, kind, title }, found, standing, reason = null }) => ({
      id,
      kind,
      title,
      standing,
      reason,
      ...found,
    })),
  }
}
