import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import * as v from 'valibot'
import { root } from './places.ts'
import { Trouble, type Words } from './words.ts'

/**
 * Reads a JSON file and checks it against a schema; members that the schema does not name are left out.
 * @param again what to do to have the file made anew
 * @throws Trouble when it is no JSON or does not fit: which file, where in it, and what to do
 */
export function readJson<Schema extends v.GenericSchema>(
  file: string,
  schema: Schema,
  again: Words,
): v.InferOutput<Schema> {
  const found = v.safeParse(schema, parsed(file, again))
  if (found.success) return found.output
  const [issue] = found.issues
  const at = v.getDotPath(issue) ?? '.'
  throw broken(
    file,
    {
      ja: `${at} は ${issue.expected ?? '別の形'} のはずですが、${issue.received} です`,
      en: `${at} should be ${issue.expected ?? 'of another form'} and is ${issue.received}`,
    },
    again,
  )
}

function parsed(file: string, again: Words): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    const why = (cause as Error).message
    throw broken(file, { ja: why, en: why }, again)
  }
}

function broken(file: string, why: Words, again: Words): Trouble {
  const name = relative(root, file)
  return new Trouble({
    ja: `${name} が壊れているか、別の版で作られています(${why.ja})。${again.ja}`,
    en: `${name} is broken, or was made by another version (${why.en}). ${again.en}`,
  })
}
