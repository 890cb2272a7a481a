import type { Finding } from './claim.ts'
import type { Words } from './words.ts'

/** Which export of which module makes the adapter. */
export interface AdapterModule {
  /** A file: URL. */
  url: string
  /** Left out: `createAdapter`, `createStore` or the default export, whichever makes a store. */
  export?: string
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
  | { failed: Words }
  /** `isSpoilt`: nobody caught an error, which would have ended an application. */
  | { found: Readonly<Record<string, Finding>>; isSpoilt: boolean }
