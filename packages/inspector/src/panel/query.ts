import type { Request } from 'express'
import type { Wish } from '../model/focus.ts'
import type { Language } from '../words/words.ts'

/** What a reader asked the panel to show. */
export interface PanelQuery extends Wish {
  language: Language
  /** Whether that language was asked for in the address. */
  isLanguageAsked: boolean
  showsAll: boolean
  /** Whether the imported record is shown in place of the running app's. */
  isImported: boolean
}

/** The language that a reader's browser prefers. */
export const preferredLanguage = (req: Request): Language =>
  req.acceptsLanguages('en', 'ja') === 'ja' ? 'ja' : 'en'

/**
 * Reads what an address asks for.
 * @param preferred the language of whom does not ask for one
 */
export function readQuery(
  { query }: Pick<Request, 'query'>,
  hasImported: boolean,
  preferred: Language = 'ja',
): PanelQuery {
  const { lang, at, client, list, record } = query
  return {
    language: lang === 'en' || lang === 'ja' ? lang : preferred,
    isLanguageAsked: lang === 'en' || lang === 'ja',
    at: typeof at === 'string' && /^\d{1,9}[copr]?$/.test(at) ? at : null,
    client: typeof client === 'string' && /^[A-Z]{1,3}$/.test(client) ? client : null,
    showsAll: list === 'all',
    isImported: record === 'imported' && hasImported,
  }
}

/** The query as it stands in an address, from `?` on. */
export function searchOf(query: PanelQuery): string {
  const { language, isLanguageAsked, at, client, showsAll, isImported } = query
  const params = new URLSearchParams({
    ...(isLanguageAsked && { lang: language }),
    ...(at !== null && { at }),
    ...(client !== null && { client }),
    ...(showsAll && { list: 'all' }),
    ...(isImported && { record: 'imported' }),
  })
  return `?${params}`
}
