/** One thing that the documentation says, in our own words. */
export interface Statement {
  /** Stable: tests, results and links name a statement by it. */
  id: string
  /** The section of the documentation. */
  section: string
  kind: 'behaviour' | 'fact' | 'advice' | 'example' | 'contract'
  /** Where it can be observed. */
  level: readonly ('wire' | 'browser' | 'store' | 'api' | 'process')[]
  /** The scenario in which a reader can see it. */
  scenario: string
  ja: string
  en: string
}
