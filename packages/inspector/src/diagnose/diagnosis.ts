import type { Words } from '../words/words.ts'
import type { Seen } from './seen.ts'

/** `fault`: something goes wrong · `risk`: something can go wrong · `advice`: something could be better. */
export type Kind = (typeof kinds)[number]

/** All kinds, the worst first. */
export const kinds = ['fault', 'risk', 'advice'] as const

/** What a finding rests on: one exchange, and in it a call, a header or a debug line, where one of them tells. */
export interface Evidence {
  /** The id of the exchange; left out for what happened outside of any, or is true of a session() call. */
  exchange?: number
  /** The index of the call in it. */
  call?: number
  /** The header (or debug line) that tells, as it stood on the wire; never with a sid or a cookie's value. */
  line?: string
  /** What it shows. */
  words: Words
}

/** A cause that has been seen. */
export interface Found {
  /** What tells several findings of one cause apart: a route, a session() call; left out where there is only one. */
  about?: string
  /** The cause in this app, in one sentence that names what was seen. */
  words: Words
  /** The best first; a handful. */
  evidence: readonly Evidence[]
  /** The exchanges in which it showed. */
  exchanges: readonly number[]
  /** The place in the app's code where the change belongs, where it is known: `app.js:12`. */
  where?: string
}

/** A page of the lab. */
export interface LabPage {
  scenario: string
  variant?: string
}

/** A cause that can be proven from a record: one file each in `diagnoses/`. */
export interface Diagnosis {
  /** Stable: reports and links use it. The file's name. */
  id: string
  kind: Kind
  /** The cause in a few words. */
  title: Words
  /** What to do about it, and the line as code. */
  fix: { words: Words; code: string }
  /** What says so: a section of a documentation or a standard. */
  source: { title: string; url: string }
  /** The page of the lab where it can be seen and cured; left out where there is none. */
  lab?: LabPage
  /** Ids of diagnoses that are only symptoms where this one was found in the same exchanges or the same session. */
  explains?: readonly string[]
  /** Looks for the cause. A pure function: it speaks only of what is proven. */
  find(seen: Seen): readonly Found[]
}
