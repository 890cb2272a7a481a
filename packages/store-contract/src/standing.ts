import type { Claim, Finding } from './claim.ts'
import { claims } from './claims.ts'

/**
 * What an answer means for the store's author: `not-so` is a property that it does not have, `excused` does not hold
 * and is not meant to, `holds-after-all` holds though it is not meant to.
 */
export type Standing =
  | 'holds'
  | 'broken'
  | 'not-so'
  | 'not-offered'
  | 'cannot-tell'
  | 'excused'
  | 'holds-after-all'

/** What is not meant to hold: the reasons, by the id of the claim. */
export type But = Readonly<Record<string, string>>

/** Whether it is a fault: of the store, or of a list that excuses what is none. */
export const isFault = (standing: Standing): boolean =>
  standing === 'broken' || standing === 'holds-after-all'

export function standingOf({ id, kind }: Claim, { answer }: Finding, but: But = {}): Standing {
  if (but[id] !== undefined) return answer === 'yes' ? 'holds-after-all' : 'excused'
  if (answer === 'yes') return 'holds'
  if (answer === 'no') return kind === 'promise' ? 'broken' : 'not-so'
  return answer
}

/**
 * The claims of these ids or topics (`touch`), in their order; all where none is named.
 * @throws RangeError with the first name that is neither
 */
export function chosenClaims(names: readonly string[] = []): readonly Claim[] {
  const isOf = (name: string) => (claim: Claim) => claim.id === name || claim.id.startsWith(`${name}.`)
  const unknown = names.find((name) => !claims.some(isOf(name)))
  if (unknown !== undefined) throw new RangeError(unknown)
  return names.length === 0 ? claims : claims.filter((claim) => names.some((name) => isOf(name)(claim)))
}
