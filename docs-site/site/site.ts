import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { statements } from '../../statements/index.ts'
import type { Statement } from '../../statements/statement.ts'
import { root } from '../places.ts'
import { type Language, languages } from '../words.ts'
import { type Html, html } from './html.ts'
import { linkToMatrix, matrixPage } from './matrix.ts'
import { matrixFile } from './matrix-data.ts'
import { matrixWords } from './matrix-words.ts'
import { page } from './page.ts'
import type { Run } from './places.ts'
import { type StatementResult, standingOf } from './results.ts'
import { type Section, sections } from './sections.ts'
import { startPage } from './start-page.ts'
import { statementView } from './statement-view.ts'
import { docsWords } from './words.ts'

/**
 * Writes the whole site into a folder, in place of what was there: plain files with relative links,
 * so that it opens from `file://` and from any server.
 * @returns its size in bytes
 */
export function writeSite(run: Run, folder: string): number {
  rmSync(folder, { recursive: true, force: true })
  const assets = join(folder, 'assets')
  mkdirSync(assets, { recursive: true })
  for (const file of ['lab.css', 'verdicts.css', 'favicon.ico']) {
    copyFileSync(join(root, 'lab/assets', file), join(assets, file))
  }
  for (const file of ['docs.css', 'matrix.js']) {
    copyFileSync(join(root, 'lab/living-docs/assets', file), join(assets, file))
  }
  writeFileSync(join(folder, 'index.html'), firstPage)
  for (const language of languages) {
    mkdirSync(join(folder, language))
    for (const [file, text] of pages(run, language)) writeFileSync(join(folder, language, file), text)
  }
  return sizeOf(folder)
}

function* pages(run: Run, language: Language): Generator<[file: string, text: string]> {
  const words = docsWords[language]
  const { results } = run
  const resultOf = (statement: Statement): StatementResult =>
    results.find(({ id }) => id === statement.id) ?? notSeen(statement)
  const all: readonly Statement[] = statements
  const told = all.map((statement) => ({ statement, standing: standingOf(resultOf(statement)) }))
  yield [
    'index.html',
    page({
      language,
      title: words.site,
      file: 'index.html',
      results,
      content: startPage(told, run, language),
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
      script: 'matrix.js',
    }),
  ]
  for (const section of sections) {
    const own = all.filter((statement) => statement.section === section.name)
    const views = own.map((statement) => statementView(statement, resultOf(statement), language))
    const title = `${section.title[language]} — express-session-lab`
    const file = `${section.slug}.html`
    yield [file, page({ language, title, file, results, content: sectionPage(section, views, language) })]
  }
}

/** The sections whose reader wants to know which stores work. */
const aboutStores = ['Compatible stores', 'Store implementation', 'options.store', 'options.resave']

/** A statement that has joined the catalogue since the run. */
const notSeen = ({ id, section }: Statement): StatementResult => ({
  id,
  section,
  verdict: null,
  status: 'not-run',
  tests: [],
  counterExample: null,
  counterExamples: [],
  evidence: [],
})

function sectionPage(section: Section, views: readonly Html[], language: Language): Html {
  const words = docsWords[language]
  const at = sections.indexOf(section)
  const [previous, next] = [sections[at - 1], sections[at + 1]]
  const link = ({ slug, title }: Section, rel: string, label: string) =>
    html`<a rel="${rel}" href="${slug}.html"><span class="fine">${label}</span> ${title[language]}</a>`
  return html`<h1>${section.title[language]}</h1>
<p class="fine">${words.statements(views.length)}${section.source ? html` · <a href="${section.source}">${words.original}</a>` : ''}</p>
${aboutStores.includes(section.name) ? linkToMatrix(language) : ''}
${views}
<nav class="turn" aria-label="${words.previous} / ${words.next}">${previous ? link(previous, 'prev', words.previous) : ''}${next ? link(next, 'next', words.next) : ''}</nav>`
}

const firstPage = html`<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${docsWords.ja.site}</title>
<meta http-equiv="refresh" content="0; url=ja/index.html">
<link rel="icon" href="assets/favicon.ico">
<link rel="stylesheet" href="assets/lab.css">
</head>
<body><main><h1>express-session-lab</h1><p><a href="ja/index.html">日本語</a> / <a lang="en" href="en/index.html">English</a></p></main></body>
</html>
`.html

function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name)
    return sum + (entry.isDirectory() ? sizeOf(path) : statSync(path).size)
  }, 0)
}
