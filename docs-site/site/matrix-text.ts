import type { Language, Words } from '../../common/words.ts'

/** A text that is the same in every language, or one of each. */
export const textIn = (text: Words | string, language: Language): string =>
  typeof text === 'string' ? text : text[language]
