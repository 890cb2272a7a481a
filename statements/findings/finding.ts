import type { Statement, Words } from '../statement.ts'

/**
 * What no documentation says and everybody needs: proven like a documented sentence, and shown apart from them.
 * `section` is the section of the documentation that one would look in; `ja` and `en` are the sentence.
 */
export interface Finding extends Statement {
  /** What it is about, in a few words. */
  title: Words
  kind: 'behaviour'
  /** Nobody has claimed otherwise: a finding is what happens. */
  verdict: 'holds'
  see: Words
}

type Written = Omit<Finding, 'section' | 'kind' | 'verdict'>

/** Findings beside one section of the documentation, by its slug. */
export const findingsBeside = <const F extends readonly Written[]>(
  section: string,
  found: F,
): readonly (Finding & { id: F[number]['id'] })[] =>
  found.map((finding) => ({ ...finding, section, kind: 'behaviour', verdict: 'holds' }))
