import * as v from 'valibot'

/**
 * What became of a sentence in one release:
 * - `stands`: every proof of its verdict holds, and every counter-example fails by its assertion;
 * - `falls`: the release starts and answers, and a proof fails by its assertion;
 * - `no-difference`: the proofs hold, but so does the counter-example: the release does not know what makes the difference;
 * - `cannot-run`: nothing was decided; `why` says the reason;
 * - `spurious`: repeats of the same run did not agree.
 */
const cell = v.picklist(['stands', 'falls', 'no-difference', 'cannot-run', 'spurious'])
export type Cell = v.InferOutput<typeof cell>

/** Why a cell is `cannot-run`. */
const reason = v.picklist([
  'does-not-install',
  'does-not-load',
  'option-missing',
  'makes-no-session',
  'app-does-not-start',
  'process-ends',
  'needs-server',
  'needs-browser',
  /** No observation can decide it, in any release. */
  'untestable',
])
export type Reason = v.InferOutput<typeof reason>

/** Neighbouring releases with the same cell, the first and the last included. */
const span = v.object({
  from: v.string(),
  to: v.string(),
  cell,
  why: v.optional(reason),
  /** The assertion or error as it was in `from`, one line. */
  message: v.optional(v.string()),
})
export type Span = v.InferOutput<typeof span>

/** What a sentence's proofs ran on, beside the release. */
const stack = v.object({
  /** For file names and addresses: `express5-node20`. */
  slug: v.string(),
  express: v.string(),
  node: v.string(),
  /** Name and version, or null: sentences that need a browser are then `cannot-run`. */
  browser: v.nullable(v.string()),
  /** ISO 8601. */
  measured: v.string(),
  /** Makes exactly this. */
  command: v.string(),
  /** How long it took: seconds. */
  seconds: v.number(),
})
export type Stack = v.InferOutput<typeof stack>

const release = v.object({
  version: v.string(),
  /** ISO 8601 day, as HISTORY.md says it; null where it says none. */
  date: v.nullable(v.string()),
  /** The lines of HISTORY.md about it, without their bullets; null where no release has a HISTORY.md that tells of it. */
  notes: v.nullable(v.array(v.string())),
})
export type Release = v.InferOutput<typeof release>

/** A sentence turns over in a release: its cell is another one than in the release before. */
const flip = v.object({
  id: v.string(),
  stack: v.string(),
  version: v.string(),
  before: cell,
  after: cell,
  /** The line of the notes that tells of it; null: not in the release notes. */
  note: v.nullable(v.string()),
})
export type Flip = v.InferOutput<typeof flip>

/** `versions/results.json`. Releases are in the order of their numbers; spans of one sentence and stack cover them all. */
export const versionsResults = v.object({
  releases: v.array(release),
  stacks: v.array(stack),
  sentences: v.array(v.object({ id: v.string(), spans: v.record(v.string(), v.array(span)) })),
  flips: v.array(flip),
})
export type VersionsResults = v.InferOutput<typeof versionsResults>
