import { type Versions, versionsOf } from '../../docs-site/site/versions-data.ts'
import type { Span, VersionsResults } from '../../versions/results.ts'

const releases: VersionsResults['releases'] = [
  { version: '1.0.0', date: null, notes: ['Genesis'] },
  { version: '1.5.0', date: '2014-07-13', notes: ['Add `rolling` & <b>more</b>', 'deps: cookie@0.7.2'] },
  { version: '1.15.6', date: '2017-09-26', notes: [] },
  { version: '1.16.0', date: '2019-04-11', notes: ['Fix <script>'] },
  { version: '1.19.0', date: null, notes: null },
]

const stackOf = (slug: string, express: string, browser: string | null = null) => ({
  ...{ slug, express, browser },
  node: '20.19.5',
  measured: '2026-11-26T21:40:00.000Z',
  command: `npm run versions -- --express ${express}`,
  seconds: 171,
})

export const [today, article] = ['express5-node20', 'express4.16.4-node20'] as const

/** What a measurement could have found about these sentences, in five releases and on two stacks. */
export function sampleVersions(gained: string, lost: string, same: string): Versions {
  const all = (came: Omit<Span, 'from' | 'to'>): Span[] => [{ from: '1.0.0', to: '1.19.0', ...came }]
  const since: Span[] = [
    { from: '1.0.0', to: '1.0.0', cell: 'cannot-run', why: 'option-missing' },
    { from: '1.5.0', to: '1.15.6', cell: 'falls', message: 'expect("<b>").toBe("")' },
    { from: '1.16.0', to: '1.19.0', cell: 'stands' },
  ]
  const until: Span[] = [
    { from: '1.0.0', to: '1.16.0', cell: 'stands' },
    { from: '1.19.0', to: '1.19.0', cell: 'falls' },
  ]
  const flip = (stack: string) => [
    {
      ...{ id: gained, stack, version: '1.5.0', note: 'Add `rolling` & <b>more</b>' },
      ...{ before: 'cannot-run' as const, after: 'falls' as const },
    },
    {
      ...{ id: gained, stack, version: '1.16.0', note: null },
      ...{ before: 'falls' as const, after: 'stands' as const },
    },
  ]
  return versionsOf({
    releases,
    stacks: [stackOf(today, '5.3.0'), stackOf(article, '4.16.4', 'Chromium 141.0')],
    sentences: [
      { id: gained, spans: { [today]: since, [article]: since } },
      { id: lost, spans: { [today]: until, [article]: all({ cell: 'stands' }) } },
      { id: same, spans: { [today]: all({ cell: 'stands' }), [article]: all({ cell: 'falls' }) } },
    ],
    flips: [
      ...flip(today),
      ...flip(article),
      { id: lost, stack: today, version: '1.19.0', before: 'stands', after: 'falls', note: null },
    ],
  })
}
