import * as v from 'valibot'
import type { Script } from './script.ts'
import type { Transcript } from './transcript.ts'

/** What became of one side of a proof in one release. */
export const outcome = v.object({
  /**
   * `passed`, or `failed` by its assertion; `broken` says nothing of the sentence, and `why` it does not. `not-tried`: a
   * counter-example of a claim that does not hold.
   */
  kind: v.picklist(['passed', 'failed', 'broken', 'not-tried']),
  why: v.optional(
    v.picklist([
      ...['does-not-load', 'makes-no-session', 'app-does-not-start', 'process-ends'],
      ...['needs-server', 'needs-browser'],
    ] as const),
  ),
  message: v.optional(v.string()),
})
export type Outcome = v.InferOutput<typeof outcome>

/** What names a side: its place and title, and which of the two it is. */
export const sideKey = v.object({
  statements: v.array(v.string()),
  role: v.picklist(['proof', 'counter-example']),
  file: v.string(),
  line: v.number(),
  title: v.string(),
})
export type SideKey = v.InferOutput<typeof sideKey>

/** One text for it. */
export const textOfKey = ({ file, line, title, role }: SideKey): string => `${file}:${line} ${role} ${title}`

/** What trying a side in a release came to. */
export interface Tried {
  outcome: Outcome
  hasPage: boolean
  startsProcess: boolean
  /** No browser was asked: a release before did the same, and this came of it. */
  isByTranscript: boolean
  /** What the release did; undefined where that could not be told to its end. */
  transcript?: Transcript
  /** What its page sent, where that can be sent again. */
  script?: Script
}

/** How a side with a page is tried without one. */
export interface Task {
  script: Script
  /** What releases before did, and what their page made of it. */
  known: { transcript: Transcript; outcome: Outcome }[]
  /** Only the script: to see whether it leads to the same as the page did. */
  isTrial: boolean
}

/** What a child tells: which sides there are, which it begins, and what became of each. */
export type Told =
  | { told: 'sides'; sides: SideKey[] }
  | { told: 'begins'; side: number }
  | { told: 'ends'; side: number; tried: Tried }
  | { told: 'done' }
  | { told: 'does-not-load'; file: string; message: string }

/** What it is asked: these sides, by their numbers; a counter-example goes with its claim. */
export interface Asked {
  sides: readonly number[] | 'all'
  /** Only proofs of these sentences; of all when left out. */
  about?: readonly string[] | undefined
  /** One at a time. */
  alone: boolean
  /** By the texts of their keys. */
  tasks?: Readonly<Record<string, Task>> | undefined
  /** Only these claims, by the texts of their keys, and their counter-examples only where they are named, too. */
  only?: readonly string[] | undefined
}
