import { versionPages } from '../../docs-site/site/versions.ts'
import { releaseBadges } from '../../docs-site/site/versions-badges.ts'
import { comparableIn, firstComparison, stackLabel, turningIn } from '../../docs-site/site/versions-data.ts'
import { matrixSection } from '../../docs-site/site/versions-matrix.ts'
import { releasesPage } from '../../docs-site/site/versions-releases.ts'
import { badgesOf } from '../../docs-site/versions/badges.ts'
import { differenceView } from '../../docs-site/versions/difference-view.ts'
import { comparedCount, differencesBetween } from '../../docs-site/versions/from-to.ts'
import {
  columnsIn,
  foldedColumns,
  stretchesOf,
  turnsOf,
  turnsOver,
} from '../../docs-site/versions/stretches.ts'
import { versionWords } from '../../docs-site/versions/words.ts'
import { statements } from '../../statements/index.ts'
import { article, sampleVersions, today } from '../support/sample-versions.ts'
import { expect, test } from '../support/worker.ts'

const held = statements.filter(({ verdict }) => verdict === 'holds')
const [gained, lost, same] = [held[0], held[1], held[2]]
if (!gained || !lost || !same) throw new Error('no three sentences that hold')
const all = sampleVersions(gained.id, lost.id, same.id)
const comparable = comparableIn(all, 'en')
const place = (version: string, stack: string = today) => ({ version, stack })
const cells = (html: string) => html.split('</thead>')[1]?.split('<tr id="row-').slice(1) ?? []

test('spans become stretches without a gap: what nobody measured is said', () => {
  const versions = ['1.0.0', '1.1.0', '1.2.0', '1.3.0']
  expect(stretchesOf([{ from: '1.1.0', to: '1.2.0', cell: 'stands' }], versions)).toEqual([
    { from: 0, to: 0, cell: null },
    { from: 1, to: 2, cell: 'stands' },
    { from: 3, to: 3, cell: null },
  ])
  expect(stretchesOf([], versions)).toEqual([{ from: 0, to: 3, cell: null }])
})

test('what comes of the machine is no turn: it says nothing of the release', () => {
  const stretches = (why: 'needs-browser' | 'makes-no-session' | 'option-missing') => [
    { from: 0, to: 1, cell: 'falls' as const },
    { from: 2, to: 4, cell: 'cannot-run' as const, why },
  ]
  expect(turnsOver(stretches('option-missing'))).toBe(true)
  expect(turnsOver(stretches('needs-browser'))).toBe(false)
  expect(turnsOver(stretches('makes-no-session'))).toBe(false)
  const lacking = (why: 'needs-browser' | 'makes-no-session' | 'option-missing') => {
    const sentences = all.results.sentences.map((each) => ({
      ...each,
      spans: Object.fromEntries(
        Object.entries(each.spans).map(([slug, [first, ...rest]]) => [
          slug,
          [...(first?.why ? [{ ...first, why }] : first ? [first] : []), ...rest],
        ]),
      ),
    }))
    return turnsOf({ ...all.results, sentences }).map(({ version }) => version)
  }
  expect(lacking('option-missing')).toEqual(['1.5.0', '1.16.0', '1.19.0'])
  expect(lacking('needs-browser')).toEqual(['1.16.0', '1.19.0'])
})

test('columns are folded to where a shown sentence turns over, and each stretch takes as many as begin in it', () => {
  const stretch = (from: number, to: number) => ({ from, to, cell: 'stands' as const })
  const rows = [
    [stretch(0, 2), stretch(3, 9)],
    [stretch(0, 6), stretch(7, 9)],
  ]
  const columns = foldedColumns(rows, 10)
  expect(columns).toEqual([
    { from: 0, to: 2 },
    { from: 3, to: 6 },
    { from: 7, to: 9 },
  ])
  expect(rows.map((row) => row.map((each) => columnsIn(each, columns)))).toEqual([
    [1, 2],
    [2, 1],
  ])
})

test('a sentence says since when it holds, the newest first, and is silent where nothing was decided', () => {
  const texts = (id: string, language: 'ja' | 'en') => {
    const sentence = statements.find((each) => each.id === id)
    const html = (sentence && releaseBadges(sentence, all, language)?.html) ?? ''
    return [...html.matchAll(/<\/span> ([^<]*)<\/li>/g)].map(([, text]) => text)
  }
  expect(texts(gained.id, 'ja')).toEqual([
    '1.16.0から成り立つ',
    '1.5.0–1.15.6では成り立たない',
    '1.0.0では試せない(オプションやメソッドがまだない)',
  ])
  expect(texts(lost.id, 'en')).toEqual(['does not hold since 1.19.0', 'holds in 1.0.0–1.16.0'])
  expect(texts(same.id, 'en')).toEqual(['holds in every release from 1.0.0 to 1.19.0'])
  expect(badgesOf([{ from: 0, to: 4, cell: 'cannot-run', why: 'needs-browser' }])).toEqual([])
  const judged = { ...gained, verdict: 'does-not-hold' as const }
  expect(releaseBadges(judged, all, 'en')?.html).toContain('as judged since 1.16.0')
  expect(releaseBadges(judged, undefined, 'en')).toBeUndefined()
})

test('two releases compared: what turns over, where and by what, in both directions', () => {
  const short = (from: string, to: string, stacks: [string, string] = [today, today]) =>
    differencesBetween(comparable, place(from, stacks[0]), place(to, stacks[1])).map(
      ({ sentence, before, after, madeBy, turns }) => [
        ...[sentence.id, before.cell, after.cell, madeBy],
        turns.map(({ version }) => version).join(),
      ],
    )
  expect(short('1.15.6', '1.16.0')).toEqual([[gained.id, 'falls', 'stands', 'release', '1.16.0']])
  expect(short('1.19.0', '1.0.0')).toEqual([
    [gained.id, 'stands', 'cannot-run', 'release', '1.5.0,1.16.0'],
    [lost.id, 'falls', 'stands', 'release', '1.19.0'],
  ])
  expect(short('1.16.0', '1.16.0')).toEqual([])
  expect(short('1.15.6', '1.19.0', [article, today])).toEqual([
    [gained.id, 'falls', 'stands', 'release', '1.16.0'],
    [lost.id, 'stands', 'falls', 'release', '1.19.0'],
    [same.id, 'falls', 'stands', 'stack', ''],
  ])
  expect(comparedCount(comparable, place('1.0.0'), place('1.19.0'))).toBe(2)
  expect(firstComparison(all)).toEqual({ from: place('1.15.6', article), to: place('1.19.0') })
})

test('the table shows a bar a stretch: folded only what turns over, whole every release, each stack its own', () => {
  const folded = matrixSection(all, { stack: today, isWhole: false }, 'en').html
  expect(turningIn(article, all).map(({ sentence }) => sentence.id)).toEqual([gained.id])
  expect(cells(folded)).toHaveLength(2)
  expect(cells(folded)[0]).toContain('cannot be tried (the option or method is not there yet)')
  expect(folded).toContain('title="expect(&quot;&lt;b&gt;&quot;).toBe(&quot;&quot;)"')
  expect(folded).toMatch(/>1\.5\.0<\/a><span class="fine">–1\.15\.6</)
  const whole = matrixSection(all, { stack: article, isWhole: true }, 'en').html
  expect(cells(whole)).toHaveLength(3)
  expect(whole.match(/<th scope="col">/g)).toHaveLength(1 + all.versions.length)
  expect(cells(whole).at(-1)).toContain('colspan="5"')
  const chosen = [...whole.matchAll(/<a href="([^"]+)" aria-current="true">([^<]+)/g)]
  const [, own] = all.results.stacks
  expect(chosen.map(([, href, text]) => [href, text])).toEqual([
    [`versions-${article}-all.html#matrix`, own && stackLabel(own)],
    [`versions-${article}-all.html#matrix`, versionWords.en.whole],
  ])
})

test('each release tells what turned over, with the line of its notes, that there is none, or that nobody knows; news counts', () => {
  const [, ...parts] = releasesPage(all, 'ja').html.split('<article')
  const of = (version: string) => parts.find((part) => part.includes(`id="v${version}"`)) ?? ''
  expect(parts[0]).toContain('id="v1.19.0"')
  expect(of('1.5.0')).toContain('<q lang="en">Add `rolling` &amp; &lt;b&gt;more&lt;/b&gt;</q>')
  expect(of('1.5.0')).toContain('href="#v1.15.6"'.replace('#', 'releases.html#'))
  expect(of('1.16.0')).toContain(versionWords.ja.unwritten)
  expect(of('1.19.0')).toContain('Express 5.3.0, Node.js 20.19.5のとき')
  expect(of('1.16.0')).not.toContain('のとき')
  expect(of('1.15.6')).toContain(versionWords.ja.unchanged)
  expect(of('1.19.0')).toContain(versionWords.ja.noNotes)
  expect(of('1.19.0')).toContain(versionWords.ja.unknownNote)
  expect(of('1.0.0')).toContain(versionWords.ja.firstRelease)
  const [main] = versionPages(all, 'ja')
  expect(main?.content.html).toContain(`${versionWords.ja.newsNote(1, 2)}${versionWords.ja.newsUnknown(1)}`)
  expect(main?.content.html).toContain('<dd>Chromium 141.0(Firefox、WebKitでは測定していません)</dd>')
  expect(main?.content.html).toContain('<dd>Chromium、Firefox、WebKitでは測定していません')
})

test('without a measurement the page says so, and how to make one; foreign text is escaped where it is compared', () => {
  const pages = [...versionPages(undefined, 'ja')]
  expect(pages.map(({ file }) => file)).toEqual(['versions.html'])
  expect(pages[0]?.content.html).toContain('npm run versions')
  const bad = {
    ...comparable,
    turns: comparable.turns.map((turn) => ({ ...turn, note: { line: '<img src=x>' } })),
  }
  const { html } = differenceView(bad, place('1.15.6'), place('1.19.0'), versionWords.en)
  expect(html).toContain('&lt;img src=x&gt;')
  expect(html).not.toContain('<img')
})
