import type { Words } from '../../common/words.ts'
import type { Passage } from '../../docs-site/results/readme-passages.ts'

/** A passage with the statements that rest on it. */
export interface KnownPassage extends Passage {
  statements: readonly string[]
}

/** What another version of the README says differently, and which statements have to be looked at again. */
interface PassageChange {
  kind: 'reworded' | 'added' | 'removed'
  heading: string
  number: number
  statements: readonly string[]
}

/**
 * Compares the passages the catalogue was written from with those of a README. A passage is known by its hash under
 * its heading, so one that only moved within it is no change; one that is gone where a new one stands is reworded.
 */
export function comparePassages(known: readonly KnownPassage[], found: readonly Passage[]): PassageChange[] {
  const headings = [...new Set([...known, ...found].map(({ heading }) => heading))]
  return headings.flatMap((heading) => {
    const before = known.filter((passage) => passage.heading === heading)
    const after = found.filter((passage) => passage.heading === heading)
    const gone = without(before, after)
    const fresh = without(after, before)
    const ofHeading = [...new Set(before.flatMap(({ statements }) => statements))]
    const change = (kind: PassageChange['kind'], { number }: Passage, statements: readonly string[]) => ({
      kind,
      heading,
      number,
      statements,
    })
    const pairs = Math.min(gone.length, fresh.length)
    return [
      ...gone.slice(0, pairs).map((passage) => change('reworded', passage, passage.statements)),
      ...gone.slice(pairs).map((passage) => change('removed', passage, passage.statements)),
      ...fresh.slice(pairs).map((passage) => change('added', passage, ofHeading)),
    ]
  })
}

/** Those of `passages` that `others` does not have, each counted as often as it stands there. */
function without<P extends Passage>(passages: readonly P[], others: readonly Passage[]): P[] {
  const left = others.map(({ hash }) => hash)
  return passages.filter(({ hash }) => {
    const at = left.indexOf(hash)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

const kinds: Readonly<Record<PassageChange['kind'], Words>> = {
  reworded: { ja: '書き換えられました', en: 'was reworded' },
  added: { ja: '加わりました', en: 'was added' },
  removed: { ja: 'なくなりました', en: 'was removed' },
}

/** A change as one line in words. */
export function changeLine({ kind, heading, number, statements }: PassageChange): string {
  const where = heading || 'README'
  const concerned = statements.length > 0 ? statements.join(', ') : '—'
  return (
    `「${where}」の${number}番目の段落が${kinds[kind].ja}。見直す文: ${concerned}\n` +
    `  Passage ${number} of "${where}" ${kinds[kind].en}. Statements to look at again: ${concerned}`
  )
}
