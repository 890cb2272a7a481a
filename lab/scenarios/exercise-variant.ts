import { existsSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { root } from '../../common/places.ts'
import type { Words } from '../../common/words.ts'

/** Where a learner's own files lie: `LAB_EXERCISES`, else `exercises/` in the project. */
export const exercisesFolder = (): string => process.env['LAB_EXERCISES'] || join(root, 'exercises')

/** The file in which a learner mends a variant: its path from the project's folder, with slashes. */
export const exerciseFile = (slug: string, variant: string): string =>
  relative(root, join(exercisesFolder(), slug, `${variant}.ts`)).replaceAll(sep, '/')

const prefix = 'exercise:'

/** What the lab calls the learner's own file among the variants of its scenario. */
export const exerciseName = (variant: string): string => prefix + variant

/** What a variant is to the lab (see `Variant`). */
interface OwnVariant {
  name: string
  file: string
  note: Words
}

const known = new Map<string, OwnVariant>() // the lab tells variants apart by identity

/** The learner's own file as a variant to run; undefined when the name means none, or nothing has been begun. */
export function exerciseVariant(slug: string, name: string): OwnVariant | undefined {
  if (!name.startsWith(prefix) || name.includes('/')) return undefined
  const file = exerciseFile(slug, name.slice(prefix.length))
  if (!existsSync(join(root, file))) return undefined
  const note = { ja: 'あなたが直している版です。', en: 'The variant that you are mending.' }
  const variant = known.get(file) ?? { name, file, note }
  known.set(file, variant)
  return variant
}
