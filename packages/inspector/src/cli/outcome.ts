import { type Kind, kinds } from '../diagnose/diagnosis.ts'
import { summaryOf } from '../report/text.ts'
import type { Told } from '../report/told.ts'
import { findingWords } from '../words/findings.ts'
import type { Language } from '../words/words.ts'

/**
 * What a run comes to.
 * @param failOn the mildest kind of finding with which it fails; undefined: with none
 */
export function outcomeOf(findings: readonly Told[], failOn: Kind | undefined, language: Language) {
  const isFailing =
    failOn !== undefined && findings.some(({ kind }) => kinds.indexOf(kind) <= kinds.indexOf(failOn))
  const why = isFailing ? findingWords[language].failing(failOn) : ''
  const summary = findings.length === 0 ? '' : `${summaryOf(findings, language)}${why}`.trimEnd()
  return { summary, isFailing }
}
