import type { Cell, Span, Stack, VersionsResults } from './results.ts'

/** The report at the end of a run, in both languages: each release's count, and what the newest one has turned over. */
export function tell(
  { releases, sentences, flips }: VersionsResults,
  { slug, express, node }: Stack,
): string {
  const versions = releases.map(({ version }) => version)
  const cellsIn = (version: string) =>
    sentences.flatMap(({ spans }) => {
      const at = versions.indexOf(version)
      const isThere = ({ from, to }: Span) => versions.indexOf(from) <= at && at <= versions.indexOf(to)
      return spans[slug]?.find(isThere)?.cell ?? []
    })
  const lines = versions.flatMap((version) => {
    const cells = cellsIn(version)
    const count = (cell: Cell) => cells.filter((each) => each === cell).length
    const counts = [count('stands'), count('falls'), cells.length - count('stands') - count('falls')]
    return cells.length > 0 ? `${[version, ...counts].map((each) => String(each).padStart(8)).join('')}` : []
  })
  const newest = versions.filter((version) => cellsIn(version).length > 0).at(-1)
  const turned = flips.filter((flip) => flip.stack === slug && flip.version === newest)
  return [
    '',
    `Express ${express}, Node.js ${node}: 成り立つ文、成り立たない文、決まらない文 / sentences that stand, that fall, that are not decided`,
    ...lines,
    `${newest}で変わった文 / turned over in ${newest}: ${turned.length}`,
    ...turned.map(
      ({ id, before, after, note }) => `  ${id}: ${before} → ${after}${note ? ` (${note})` : ''}`,
    ),
  ].join('\n')
}
