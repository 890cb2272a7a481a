import type { Found } from './claim.ts'
import type { CreateSubject } from './subject.ts'

/** Which export of which module makes the subject. */
export interface SubjectModule {
  /** A file: URL. */
  url: string
  export: string
}

/** Ids of claims to run, together; or the word to end. */
export type ToChild = { run: readonly string[] } | 'end'

export type FromChild =
  | { ready: { behind: string | null } }
  /** The subject could not be made, and why. */
  | { failed: string }
  /** A process in which an error was left to nobody is spoilt: in an application it would have ended. */
  | { found: Readonly<Record<string, Found>>; isSpoilt: boolean }

/** @throws Error when the module has no such export, and whatever it throws while it is loaded */
export async function loadSubject({ url, export: name }: SubjectModule): Promise<CreateSubject> {
  const create = ((await import(url)) as Record<string, unknown>)[name]
  if (typeof create !== 'function') throw new Error(`${url} has no function "${name}"`)
  return create as CreateSubject
}
