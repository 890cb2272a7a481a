import type { Names } from '#inspector'
import type { DocsWords } from './words.ts'

/** What a view of evidence needs: the words, and the names of the sids, which one proof shares. */
export interface Seeing {
  words: DocsWords
  names: Names
}
