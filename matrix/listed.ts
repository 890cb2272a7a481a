import { join } from 'node:path'
import * as v from 'valibot'
import { readJson } from '../common/read-json.ts'
import { matrixFolder } from './folders.ts'

export const words = v.object({ ja: v.string(), en: v.string() })
const text = v.union([v.string(), words])

/** A store that the README of express-session lists as compatible, and how it is run here. */
const listedStore = v.object({
  /** On npm. */
  name: v.string(),
  /** What keeps the rows. */
  backend: text,
  /** With the server itself, with nothing else, or with something that stands for the service; only where it is run. */
  how: v.optional(v.picklist(['real', 'embedded', 'emulator'])),
  /** What it cannot be run without: a server that Debian does not package, an account, mongod, the package itself. */
  lacks: v.optional(v.picklist(['server', 'account', 'mongod', 'package'])),
  /** What stands behind it here. */
  with: v.optional(text),
  /** What a reader has to know of the way in which it is run. */
  note: v.optional(words),
  homepage: v.string(),
})
export type ListedStore = v.InferOutput<typeof listedStore>

/** In the order of the README. */
export const listed: readonly ListedStore[] = readJson(
  join(matrixFolder, 'listed.json'),
  v.array(listedStore),
  { ja: 'git checkout で元に戻してください。', en: 'Restore it with git checkout.' },
)
