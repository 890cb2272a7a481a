/** One text in both languages of the lab. */
export interface Words {
  ja: string
  en: string
}

/**
 * What observing a statement came to:
 * - `holds`: it is so, as documented;
 * - `condition`: it is so under a condition that the sentence does not name;
 * - `does-not-hold`: something else happens;
 * - `untestable`: no observation can decide it.
 */
export type Verdict = 'holds' | 'condition' | 'does-not-hold' | 'untestable'

/** One thing that the documentation says, in our own words. */
export interface Statement extends Words {
  /** Stable: tests, results and links name a statement by it. */
  id: string
  /** The slug of its section. */
  section: string
  kind: 'behaviour' | 'fact' | 'advice' | 'example' | 'contract'
  /** Where it can be observed. */
  level: readonly ('wire' | 'browser' | 'store' | 'api' | 'process')[]
  /** The scenario in which a reader can see it. */
  scenario: string
  /** Asserted by its proofs: when a library changes and this is no longer so, they fail. */
  verdict?: Verdict
  /** The condition, what happens instead, or why no observation can decide; not for `holds`. */
  because?: Words
  /** What a reader does in the scenario, and what to watch there. */
  see?: Words
}
