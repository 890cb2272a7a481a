import type { Passed, SessionCall, StoreCall } from '../exchange.ts'
import type { PeekedRow } from '../model/rows.ts'

/** How a process that is watched begins: what it is. */
export interface Hello {
  kind: 'hello'
  pid: number
  /** When the process began, in ms since the epoch. */
  at: number
  node: string
  /** What was started, as it stands on the command line. */
  command: string
  /** The copies of express-session that had been loaded before the inspector. */
  loadedBefore: readonly string[]
}

/** What a watched process tells the hub, one JSON text a line; exchanges have a line of their own kind (`exchangeLine`). */
export type FromProcess =
  | Hello
  | { kind: 'outside'; id: number; call: StoreCall }
  | { kind: 'session'; call: SessionCall }
  | { kind: 'passed'; passed: Passed }
  /** `blind`: of this store nobody knows how to look without touching. */
  | { kind: 'row'; id: number; state: 'there' | 'none' | 'blind' | 'failed'; row?: PeekedRow | undefined }

/** What the hub asks or tells a watched process. */
export type ToProcess =
  | { kind: 'peek'; id: number; store: number; sid: string }
  /** A line for the app's terminal. */
  | { kind: 'say'; text: string }

/** Splits what arrives into lines; gives each to `take`. */
export function readLines(take: (line: string) => void): (chunk: string) => void {
  let rest = ''
  return (chunk) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') take(line)
  }
}
