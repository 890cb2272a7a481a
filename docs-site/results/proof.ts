import * as v from 'valibot'

/** What a statement can come to (see `Verdict` in the catalogue). */
export const verdict = v.picklist(['holds', 'condition', 'does-not-hold', 'untestable'])

const line = v.pipe(v.number(), v.integer(), v.minValue(1))

/** A line of a source file, from 1: its path from the project's folder, with slashes. */
const sourceLine = v.object({ file: v.string(), line })
export type SourceLine = v.InferOutput<typeof sourceLine>

/** Whole lines of a source file, the first and the last included. */
export const range = v.object({ ...sourceLine.entries, lastLine: line })
export type Range = v.InferOutput<typeof range>

/** An app of `apps/`; its documented one is the variant `app`. */
const fileApp = v.object({ kind: v.literal('file'), scenario: v.string(), variant: v.string() })

/** An app written in a test and run in the frame of a scenario. */
const inlineApp = { kind: v.literal('inline'), scenario: v.string(), name: v.string() } as const

/** The app that a claim was tried on; of one written in a test the calls that made it, the innermost first. */
const provenApp = v.variant('kind', [fileApp, v.object({ ...inlineApp, madeAt: v.array(sourceLine) })])
export type ProvenApp = v.InferOutput<typeof provenApp>

/** The same with the lines that make an app written in a test; none where those of the proof do. */
export const shownApp = v.variant('kind', [fileApp, v.object({ ...inlineApp, source: v.array(range) })])
export type ShownApp = v.InferOutput<typeof shownApp>

/** An app as a report calls it: `<scenario>`, `<scenario>/<variant>` or `<scenario>: <name>`. */
export function appName(app: ProvenApp | ShownApp): string {
  if (app.kind === 'inline') return `${app.scenario}: ${app.name}`
  return app.variant === 'app' ? app.scenario : `${app.scenario}/${app.variant}`
}

const role = v.picklist(['proof', 'counter-example'])

/** What a test made with `prove` says of itself: its one annotation of the type `proof`, as JSON. */
const proof = v.object({
  statements: v.array(v.string()),
  verdict,
  role,
  app: provenApp,
  /** Where its `prove(` stands. */
  source: sourceLine,
})
export type Proof = v.InferOutput<typeof proof>

const annotationType = 'proof'

/** The annotation that a test leaves, for Playwright to hand on. */
export const proofAnnotation = (said: Proof): { type: string; description: string } => ({
  type: annotationType,
  description: JSON.stringify(said),
})

/**
 * The proof among the annotations of a test; undefined when it is about no statement.
 * @throws ValiError when it is none of ours
 */
export function readProof(annotations: readonly { type: string; description?: string }[]): Proof | undefined {
  const found = annotations.find(({ type }) => type === annotationType)
  return found && v.parse(proof, JSON.parse(found.description ?? 'null'))
}
