import type { Language } from './words.ts'

/** The language of a terminal: what was asked for, else what its locale says; Japanese or English. */
export function languageOf(env: NodeJS.ProcessEnv): Language {
  const names = ['SESSION_INSPECTOR_LANG', 'LC_ALL', 'LC_MESSAGES', 'LANG']
  const said = names.map((name) => env[name]).find((value) => value !== undefined && value !== '')
  return /^ja\b|^ja_/i.test(said ?? '') ? 'ja' : 'en'
}
