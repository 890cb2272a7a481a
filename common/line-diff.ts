import { diffLines } from 'diff'

/** One line of a comparison: `+` only in the second text, `-` only in the first, a space in both. */
interface DiffLine {
  sign: '+' | '-' | ' '
  text: string
}

/** Compares two texts line by line; of what is the same, `context` lines around each change are kept. */
export function compare(before: string, after: string, context = 3): DiffLine[] {
  const lines = diffLines(before, after).flatMap(({ value, added, removed }) =>
    value
      .replace(/\n$/, '')
      .split('\n')
      .map((text): DiffLine => ({ sign: added ? '+' : removed ? '-' : ' ', text })),
  )
  const isNear = (index: number) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(({ sign }) => sign !== ' ')
  const shown: DiffLine[] = []
  for (const [index, line] of lines.entries()) {
    if (isNear(index)) shown.push(line)
    else if (shown.at(-1)?.text !== '…') shown.push({ sign: ' ', text: '…' })
  }
  return shown
}
