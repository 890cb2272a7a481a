import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Html, html } from '../../common/html.ts'
import { root } from '../../common/places.ts'
import { type Language, languages } from '../../common/words.ts'
import { type Section, sections, statements } from '../../statements/index.ts'
import type { Statement } from '../../statements/statement.ts'
import { type StatementResult, standingOf } from '../results/results.ts'
import type { Run } from '../results/run-files.ts'
import { findingsPage, linksToFindings } from './findings-page.ts'
import { linkToMatrix, matrixPage } from './matrix.ts'
import { compareStores, evidenceFile, matrixFile, wasRun } from './matrix-data.ts'
import { storePage } from './matrix-evidence.ts'
import { matrixWords } from './matrix-words.ts'
import { page } from './page.ts'
import { writeScripts } from './scripts.ts'
import { findingsFile } from './sentence-page.ts'
import { startPage } from './start-page.ts'
import { statementView } from './statement-view.ts'
import { searchFile, searchScript, troublePages } from './troubles.ts'
import { versionPages } from './versions.ts'
import { releaseBadges } from './versions-badges.ts'
import { readVersions, type Versions } from './versions-data.ts'
import { docsWords } from './words.ts'

const assetFiles = [
  'packages/inspector/src/assets/page.css',
  'lab/pages/assets/lab.css',
  'lab/pages/assets/verdicts.css',
  'lab/pages/assets/troubles.css',
  'packages/inspector/src/assets/favicon.ico',
  'docs-site/site/assets/docs.css',
  'docs-site/site/assets/versions.css',
  'docs-site/site/assets/filter.js',
  'docs-site/site/assets/matrix.js',
  'docs-site/site/assets/in-lab.js',
  'docs-site/site/assets/language.js',
]

/**
 * Writes the whole site into a folder, in place of what was there: plain files with relative links,
 * so that it opens from `file://` and from any server.
 * @param versions what is known of the releases of express-session; undefined where nothing is
 * @returns its size in bytes
 */
export function writeSite(run: Run, folder: string, versions = readVersions()): number {
  rmSync(folder, { recursive: true, force: true })
  const assets = join(folder, 'assets')
  mkdirSync(assets, { recursive: true })
  for (const file of assetFiles) copyFileSync(join(root, file), join(assets, basename(file)))
  writeScripts(assets)
  writeFileSync(join(folder, 'index.html'), firstPage)
  for (const language of languages) {
    mkdirSync(join(folder, language))
    for (const [file, text] of pages(run, versions, language))
      writeFileSync(join(folder, language, file), text)
  }
  return sizeOf(folder)
}

function* pages(
  run: Run,
  versions: Versions | undefined,
  language: Language,
): Generator<[file: string, text: string]> {
  const words = docsWords[language]
  const { results } = run
  const resultOf = (statement: Statement): StatementResult =>
    [...results, ...run.findings].find(({ id }) => id === statement.id) ?? notSeen(statement)
  const all = statements.map((statement) => ({ statement, standing: standingOf(resultOf(statement)) }))
  const badges = (statement: Statement) => releaseBadges(statement, versions, language)
  yield [
    'index.html',
    page({
      language,
      title: words.site,
      file: 'index.html',
      results,
      content: startPage(all, run, versions, language),
      scripts: ['filter.js'],
    }),
  ]
  yield [
    matrixFile,
    page({
      language,
      title: `${matrixWords[language].title} — express-session-lab`,
      file: matrixFile,
      results,
      content: matrixPage(language),
      scripts: ['matrix.js', 'filter.js'],
    }),
  ]
  yield [
    findingsFile,
    page({
      language,
      title: `${words.ofThisLab} — express-session-lab`,
      file: findingsFile,
      results,
      content: findingsPage(resultOf, badges, language),
      scripts: ['in-lab.js'],
    }),
  ]
  for (const store of compareStores().filter(wasRun)) {
    const file = evidenceFile(store.listed.name)
    const title = `${store.listed.name} — express-session-lab`
    yield [file, page({ language, title, file, results, content: storePage(store, language) })]
  }
  for (const { file, title, content, scripts = [] } of versionPages(versions, language)) {
    yield [file, page({ language, title: `${title} — express-session-lab`, file, results, content, scripts })]
  }
  for (const { file, title, content } of troublePages(language)) {
    const scripts = file === searchFile ? { scripts: [searchScript] } : {}
    yield [
      file,
      page({ language, title: `${title} — express-session-lab`, file, results, content, ...scripts }),
    ]
  }
  for (const section of sections) {
    const views = section.statements.map((statement) =>
      statementView(statement, resultOf(statement), language, badges(statement)),
    )
    const title = `${section.title[language]} — express-session-lab`
    const file = `${section.slug}.html`
    const content = sectionPage(section, views, language)
    yield [file, page({ language, title, file, results, content, scripts: ['in-lab.js'] })]
  }
}

/** A statement that has joined the catalogue since the run. */
const notSeen = ({ id, section }: Statement): StatementResult => ({
  id,
  section,
  verdict: null,
  status: 'not-run',
  tests: [],
  counterExamples: [],
})

const readme = 'https://github.com/expressjs/session'

function sectionPage(section: Section, views: readonly Html[], language: Language): Html {
  const words = docsWords[language]
  const at = sections.findIndex(({ slug }) => slug === section.slug)
  const [previous, next] = [sections[at - 1], sections[at + 1]]
  const link = ({ slug, title }: Pick<Section, 'slug' | 'title'>, rel: string, label: string) =>
    html`<a rel="${rel}" href="${slug}.html"><span class="fine">${label}</span> ${title[language]}</a>`
  return html`<h1>${section.title[language]}</h1>
<p class="fine">${words.statements(views.length)}${section.anchor ? html` · <a href="${readme}#${section.anchor}">${words.original}</a>` : ''}</p>
${section.isAboutStores ? linkToMatrix(language) : ''}
${views}
${linksToFindings(section, language)}
<nav class="turn" aria-label="${words.previous} / ${words.next}">${previous ? link(previous, 'prev', words.previous) : ''}${next ? link(next, 'next', words.next) : ''}</nav>`
}

/** Leads to the reader's language; by links, where there is no JavaScript. */
const firstPage = html`<!doctype html>
<html lang="ja" data-first>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${docsWords.ja.site}</title>
<link rel="icon" href="assets/favicon.ico">
<link rel="stylesheet" href="assets/page.css">
<script src="assets/language.js" defer></script>
</head>
<body><main><h1>express-session-lab</h1><p><a hreflang="ja" href="ja/index.html">日本語</a> / <a lang="en" hreflang="en" href="en/index.html">English</a></p></main></body>
</html>
`.html

function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name)
    return sum + (entry.isDirectory() ? sizeOf(path) : statSync(path).size)
  }, 0)
}
