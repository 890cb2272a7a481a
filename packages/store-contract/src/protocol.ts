import type { CreateAdapter } from './adapter.ts'
import type { Finding } from './claim.ts'

/** Which export of which module makes the adapter. */
export interface AdapterModule {
  /** A file: URL. */
  url: string
  export: string
  /** The programs of this package as JavaScript, file: URLs: then `url` is JavaScript, too, and no process needs tsx. */
  compiled?: Readonly<Record<Program, string>>
}

/** The programs of this package that run in processes of their own. */
export type Program = 'child' | 'elsewhere-child'

/** The ids of claims to run together, or the order to end. */
export type ToChild = { run: readonly string[] } | 'end'

export type FromChild =
  | { ready: { behind: string | null } }
  /** The adapter could not be made, and why. */
  | { failed: string }
  /** `isSpoilt`: nobody caught an error, which would have ended an application. */
  | { found: Readonly<Record<string, Finding>>; isSpoilt: boolean }

/** @throws Error when the module has no such export, and whatever it throws while it is loaded */
export async function loadAdapter({ url, export: name }: AdapterModule): Promise<CreateAdapter> {
  const create = ((await import(url)) as Record<string, unknown>)[name]
  if (typeof create !== 'function') throw new Error(`${url} has no function "${name}"`)
  return create as CreateAdapter
}
