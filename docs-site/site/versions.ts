import { type Html, html } from '../../common/html.ts'
import type { Language } from '../../common/words.ts'
import type { Stack } from '../../versions/results.ts'
import { linkToRelease, placeName } from '../versions/difference-view.ts'
import { fromToFile, releasesFile, versionsFile } from '../versions/files.ts'
import { queryOf } from '../versions/from-to.ts'
import { type VersionWords, versionWords } from '../versions/words.ts'
import type { BundledScript } from './scripts.ts'
import {
  comparableIn,
  decidedIn,
  firstComparison,
  measuredIn,
  turningIn,
  type Versions,
  versionsCommand,
} from './versions-data.ts'
import { fromToPage } from './versions-from-to.ts'
import { legend, matrixFileOf, matrixSection } from './versions-matrix.ts'
import { releasesPage, turnItem } from './versions-releases.ts'

const fromToScript: BundledScript = 'from-to.js'

interface VersionPage {
  file: string
  title: string
  content: Html
  scripts?: readonly string[]
}

/** The pages about the releases of express-session; one that says how to measure where nothing was. */
export function* versionPages(all: Versions | undefined, language: Language): Generator<VersionPage> {
  const words = versionWords[language]
  if (!all || all.results.stacks.length === 0) {
    yield { file: versionsFile, title: words.title, content: notMeasured(words) }
    return
  }
  const tables = all.results.stacks.flatMap(({ slug: stack }) => [
    { stack, isWhole: false },
    { stack, isWhole: true },
  ])
  for (const shown of tables) {
    const file = matrixFileOf(all, shown)
    const table = matrixSection(all, shown, language)
    const content =
      file === versionsFile
        ? mainPage(all, table, language)
        : html`<h1>${words.matrix}</h1><p><a href="${versionsFile}">${words.title}</a></p>${table}${legend(language)}`
    yield { file, title: words.title, content }
  }
  yield { file: releasesFile, title: words.releases, content: releasesPage(all, language) }
  yield {
    file: fromToFile,
    title: words.fromTo,
    content: fromToPage(all, language),
    scripts: [fromToScript],
  }
}

/** What the start page says of the releases: how many sentences turn over, and the way to them. */
export function versionsSummary(all: Versions | undefined, language: Language): Html {
  const words = versionWords[language]
  return html`<p>${summaryLine(all, words) ?? words.lead}</p><p><a href="${versionsFile}">${words.toVersions}</a></p>`
}

function summaryLine(all: Versions | undefined, words: VersionWords): string | undefined {
  const stack = all?.results.stacks[0]?.slug
  if (!all || !stack) return undefined
  const [decided, turning] = [decidedIn(stack, all).length, turningIn(stack, all).length]
  return words.summary(decided, measuredIn(stack, all).length, turning)
}

const notMeasured = (words: VersionWords): Html => html`<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
<p>${words.nothing}</p>
<pre tabindex="0"><code>${versionsCommand}
npm run docs</code></pre>`

function mainPage(all: Versions, table: Html, language: Language): Html {
  const words = versionWords[language]
  return html`<h1>${words.title}</h1>
<p class="lead">${words.lead} ${summaryLine(all, words)}</p>
<ul class="ways">${articleLink(all, language)}<li><a href="${releasesFile}">${words.toReleases}</a></li><li><a href="${fromToFile}">${words.toFromTo}</a></li></ul>
${news(all, language)}
${table}
${legend(language)}
<section aria-labelledby="made-with"><h2 id="made-with">${words.madeWith}</h2>
<p class="fine">${words.method}</p>${all.results.stacks.map((stack) => madeWith(stack, words))}</section>`
}

function articleLink(all: Versions, language: Language): Html | undefined {
  const first = firstComparison(all)
  if (!first) return undefined
  const words = versionWords[language]
  const comparable = comparableIn(all, language)
  const [from, to] = [placeName(comparable, first.from, words), placeName(comparable, first.to, words)]
  return html`<li><a href="${fromToFile}${queryOf(first.from, first.to)}">${words.fromArticle(from, to)}</a></li>`
}

/** So many turns are shown without a click. */
const atOnce = 12

/** The turns of which no line of the release notes tells, release by release: nobody could have read of them. */
function news(all: Versions, language: Language): Html | undefined {
  const words = versionWords[language]
  const known = all.turns.flatMap(({ note, ...turn }) => (note === 'unknown' ? [] : { ...turn, note }))
  const unwritten = known.filter(({ note }) => note.line === null)
  if (unwritten.length === 0) return undefined
  const versions = all.versions
    .filter((each) => unwritten.some(({ version }) => version === each))
    .toReversed()
  return html`<section aria-labelledby="news"><h2 id="news">${words.news} <span class="count">${unwritten.length}</span></h2>
<p>${words.newsNote(unwritten.length, known.length)}${known.length < all.turns.length ? words.newsUnknown(all.turns.length - known.length) : ''}</p>
<details class="part"${unwritten.length <= atOnce ? html` open` : ''}><summary>${words.list(versions)}</summary>
${versions.map((version) => {
  const own = unwritten.filter((turn) => turn.version === version)
  return html`<h3>${linkToRelease(version)} <span class="count">${own.length}</span></h3><ul class="turns">${own.map((turn) => turnItem(turn, all, language, false))}</ul>`
})}</details></section>`
}

const browsers = ['Chromium', 'Firefox', 'WebKit'] as const

function madeWith(stack: Stack, words: VersionWords): Html {
  const row = (name: string, value: Html | string) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`
  const others = browsers.filter((name) => !stack.browser?.startsWith(name))
  const notRun = words.notRun(words.list(others))
  const browser = stack.browser
    ? words.because(stack.browser, notRun)
    : html`${notRun} <span class="fine">${words.noBrowser}</span>`
  return html`<dl class="facts run">
${row('Express', stack.express)}
${row('Node.js', stack.node)}
${row(words.browser, browser)}
${row(words.date, html`<time datetime="${stack.measured}">${stack.measured.slice(0, 16).replace('T', ' ')} UTC</time>`)}
${row(words.seconds, words.inSeconds(stack.seconds))}
${row(words.command, html`<code>${stack.command}</code>`)}
</dl>`
}
