import MiniSearch from 'minisearch'
import { synonyms } from './synonyms.ts'

/** Something that can be found. */
export interface Document {
  /** Unique. */
  id: string
  /** What it is called in the list of hits. */
  title: string
  /** What it is searched by beside its title. */
  text: string
  /** What kind of thing it is, in the reader's language. */
  kind: string
  url: string
  /** How much more it counts than others; 1 where it is left out. */
  weight?: number
}

export type Hit = Pick<Document, 'id' | 'title' | 'kind' | 'url'>

const most = 20
const faintest = 0.2 // of the best hit's score: what is below it has hardly to do with the question

const cutter = new Intl.Segmenter('ja', { granularity: 'word' })
const isParticle = (word: string) => /^[\u3041-\u309f]{1,2}$/.test(word)

/** A text in words, Japanese and English mixed: `req.session` and `SameSite=None` are also found by their parts. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKC')
  const latin = plain.match(/[A-Za-z0-9_$][\w$.-]*[\w$]|[A-Za-z0-9]/g) ?? []
  const parts = latin.flatMap((word) => [word, ...word.split(/[^A-Za-z0-9]+/)])
  const katakana = plain.match(/[\u30a1-\u30fa\u30fc]{2,}/g) ?? [] // the cutter takes words apart that it does not know
  const others = [...cutter.segment(plain.replaceAll(/[\w$.-]+|[\u30a1-\u30fa\u30fc]{2,}/g, ' '))]
    .filter(({ isWordLike, segment }) => isWordLike && !isParticle(segment))
    .map(({ segment }) => segment)
  return [...new Set([...parts, ...katakana, ...others].filter((word) => word !== ''))]
}

const lower = (word: string) => word.toLowerCase()

const isLatin = (word: string) => /^[a-z]{5,}$/.test(word)

const options = {
  fields: ['title', 'text'],
  storeFields: ['title', 'kind', 'url', 'weight'],
  tokenize: wordsOf,
  processTerm: (term: string) => synonyms.get(lower(term)) ?? lower(term),
}

/** Makes documents findable, in this process and without a network. What is given first wins where all else is equal. */
export function createSearch(documents: readonly Document[]): (question: string) => Hit[] {
  const index = new MiniSearch<Document>(options)
  index.addAll(documents)
  return (question) => {
    const hits = index.search(question.slice(0, 200), {
      boost: { title: 2 },
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (isLatin(term) ? 0.2 : false),
      weights: { prefix: 0.4, fuzzy: 0.2 },
      boostDocument: (_id, _term, stored) => Number(stored?.['weight'] ?? 1),
    })
    const [best] = hits
    return hits
      .filter(({ score }) => score >= (best?.score ?? 0) * faintest)
      .slice(0, most)
      .map(({ id, title, kind, url }) => ({ id: String(id), title, kind, url }))
  }
}
