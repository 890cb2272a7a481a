import type { Claim } from '../claim.ts'
import type { Words } from '../words.ts'
import { steps as en } from './en.ts'
import { steps as ja } from './ja.ts'

/** How a sentence is tried, in words to follow by hand. */
export function stepsOf({ id }: Pick<Claim, 'id'>): Words {
  const known = id as keyof typeof en
  return { ja: ja[known], en: en[known] }
}
