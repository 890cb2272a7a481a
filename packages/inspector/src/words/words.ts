export type Language = 'ja' | 'en'

/** One text in both languages. */
export type Words = Readonly<Record<Language, string>>

/** A text and the id of the documented statement that it belongs to. */
export interface Explained {
  words: Words
  statement?: string
}

export const explained = (ja: string, en: string, statement?: string): Explained => ({
  words: { ja, en },
  ...(statement && { statement }),
})
