import { type Kind, kinds } from '../diagnose/diagnosis.ts'
import type { Passed } from '../exchange.ts'
import { sumOf } from '../model/passed.ts'
import { summaryOf } from '../report/text.ts'
import type { Told } from '../report/told.ts'
import { findingWords } from '../words/findings.ts'
import { passedWords, timed } from '../words/passed.ts'
import type { Language } from '../words/words.ts'

/**
 * What a run comes to.
 * @param failOn the mildest kind of finding with which it fails; undefined: with none
 * @param passed the requests that passed unrecorded
 */
export function outcomeOf(
  findings: readonly Told[],
  failOn: Kind | undefined,
  language: Language,
  passed: readonly Passed[] = [],
) {
  const isFailing =
    failOn !== undefined && findings.some(({ kind }) => kinds.indexOf(kind) <= kinds.indexOf(failOn))
  const why = isFailing ? findingWords[language].failing(failOn) : ''
  const sum = sumOf(passed)
  const words = passedWords[language]
  const unseen =
    sum && (failOn === undefined ? words.sum(timed(sum)) : `--fail-on ${failOn}: ${words.sum(timed(sum))}`)
  const found = findings.length === 0 ? '' : `${summaryOf(findings, language)}${why}`.trimEnd()
  const summary = [found, unseen].filter(Boolean).join('\n')
  return { summary, isFailing }
}
