import type { Words } from './words.ts'

export type Language = keyof Words

/** The language of a terminal, as its locale says: Japanese or English. */
export function languageOf(env: NodeJS.ProcessEnv = process.env): Language {
  const said = ['LC_ALL', 'LC_MESSAGES', 'LANG'].map((name) => env[name]).find(Boolean)
  return /^ja(?:[_.-]|$)/i.test(said ?? '') ? 'ja' : 'en'
}
