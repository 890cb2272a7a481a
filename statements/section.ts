import type { Statement, Words } from './statement.ts'

/** What the sections are gathered under, in the order of the documentation. */
export const groups = {
  options: { ja: 'session(options)', en: 'session(options)' },
  'req.session': { ja: 'req.session', en: 'req.session' },
  store: { ja: 'ストア', en: 'Stores' },
  examples: { ja: '例とデバッグ', en: 'Examples and debugging' },
  blog: { ja: 'ブログ', en: 'Blog' },
  newer: { ja: '新しいバージョンで加わった文', en: 'Added by newer versions' },
} as const satisfies Record<string, Words>
export type GroupName = keyof typeof groups

/**
 * A heading of the README that statements of a section rest on: all of them, or those whose ids begin with `ids`.
 */
type Heading = string | { readonly heading: string; readonly ids: string }

/** What a file of this folder says of its section. */
export interface About {
  /** Stable: results and the names of pages are made of it. */
  slug: string
  /** A name of the API is the same in both languages. */
  title: string | Words
  group: GroupName
  /** The fragment under which the README shows it; null for what is not one place there. */
  anchor: string | null
  /** None for what the README does not say. */
  headings: readonly Heading[]
  /** Its reader wants to know which stores work. */
  isAboutStores?: boolean
}

/** One section of the documentation with its statements. */
export interface Section extends Required<About> {
  title: Words
  statements: readonly Statement[]
}

type WithoutSection = Omit<Statement, 'section'>

/** A section of the documentation: each of its statements belongs to it. */
export function section<const S extends readonly WithoutSection[]>(
  { title, isAboutStores = false, ...about }: About,
  statements: S,
): Section & { statements: readonly (Statement & { id: S[number]['id'] })[] } {
  return {
    ...about,
    title: typeof title === 'string' ? { ja: title, en: title } : title,
    isAboutStores,
    statements: statements.map((statement) => ({ ...statement, section: about.slug })),
  }
}
