import type { Claim, Finding, Json } from './claim.ts'
import { stepsOf } from './steps/index.ts'
import type { Words } from './words.ts'

/** A fault as its author can go after it. */
export interface Report {
  /** What has to be so. */
  should: Words
  /** How to see that it is not. */
  steps: Words
  /** What happened instead. */
  happened: Words
  /** What was seen; null where the words say it all. */
  evidence: Json
}

/** @returns undefined for what is no fault: a sentence that holds, or a property */
export function reportOf(claim: Claim, { answer, instead, evidence }: Finding): Report | undefined {
  if (claim.kind !== 'promise' || answer !== 'no' || !instead) return undefined
  return { should: claim.title, steps: stepsOf(claim), happened: instead, evidence }
}
