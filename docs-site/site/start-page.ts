import { type Html, html } from '../../common/html.ts'
import type { Language } from '../../common/words.ts'
import { sectionOf, sections } from '../../statements/index.ts'
import type { Statement } from '../../statements/statement.ts'
import { countStandings, type Standing, standings } from '../results/results.ts'
import type { Run } from '../results/run-files.ts'
import type { RunInfo } from '../results/run-info.ts'
import { findingsFile } from './findings-page.ts'
import { linkToMatrix, summaryLine } from './matrix.ts'
import { compareStores } from './matrix-data.ts'
import { matrixWords } from './matrix-words.ts'
import { badge, becauseOf } from './statement-view.ts'
import { type DocsWords, docsWords } from './words.ts'

/** A statement with what the run says about it. */
interface WithStanding {
  statement: Statement
  standing: Standing
}

/** The findings first; then what it was run with, how many of each verdict, and what does not stand. */
export function startPage(all: readonly WithStanding[], { info, results }: Run, language: Language): Html {
  const words = docsWords[language]
  const of = (standing: Standing) => all.filter((each) => each.standing === standing)
  const findings = [...of('does-not-hold'), ...of('condition')]
  const failed = of('failed')
  return html`<h1>${words.site}</h1>
<p class="lead">${words.lead}</p>
${failed.length > 0 ? html`<section class="failed" aria-labelledby="failed"><h2 id="failed">${words.standing.failed}</h2><p>${words.standingNote.failed}</p>${list(failed, language)}</section>` : ''}
<section aria-labelledby="findings"><h2 id="findings">${words.findings}</h2>
${findings.length > 0 ? html`<p>${words.findingsNote}</p>${list(findings, language)}` : html`<p>${words.noFindings}</p>`}
</section>
<section aria-labelledby="of-this-lab"><h2 id="of-this-lab">${words.ofThisLab}</h2><p>${words.ofThisLabNote} <a href="${findingsFile}">${words.ofThisLab}</a></p></section>
<section aria-labelledby="stores"><h2 id="stores">${matrixWords[language].title}</h2><p>${summaryLine(compareStores(), language)}</p>${linkToMatrix(language)}</section>
<section aria-labelledby="counts"><h2 id="counts">${words.counts}</h2>${counts(countStandings(results), language)}</section>
<section aria-labelledby="run"><h2 id="run">${words.run}</h2>${runFacts(info, words)}</section>
<section aria-labelledby="not-standing"><h2 id="not-standing">${words.notStanding}</h2>${notStanding(of('not-run'), language)}</section>`
}

const link = ({ section, id, ...sentence }: Statement, language: Language) =>
  html`<a href="${section}.html#${id}">${sentence[language]}</a>`

const list = (some: readonly WithStanding[], language: Language): Html =>
  html`<ul class="findings">${some.map(
    ({ statement, standing }) => html`<li class="is-${standing}">
<p class="verdict">${badge(standing, language)} <span class="fine">${sectionOf(statement.section).title[language]}</span></p>
<p class="sentence">${link(statement, language)}</p>
${standing === 'failed' ? '' : becauseOf(statement, standing, language)}</li>`,
  )}</ul>`

/** Only what there is: a verdict that no statement has would be noise. */
function counts(numbers: RunInfo['counts'], language: Language): Html {
  const words = docsWords[language]
  const order = ['holds', ...standings.filter((standing) => standing !== 'holds')] as const
  return html`<ul class="counts">${order
    .filter((standing) => numbers[standing] > 0)
    .map(
      (standing) =>
        html`<li>${badge(standing, language)} <b>${words.statements(numbers[standing])}</b> <span class="fine">${words.standingNote[standing]}</span></li>`,
    )}</ul>`
}

function runFacts({ date, versions, commit, tests }: RunInfo, words: DocsWords): Html {
  const row = (name: string, value: Html | string) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`
  return html`<dl class="facts run">
${row('express-session', versions['express-session'])}
${row('Express', versions.express)}
${row('Node.js', versions.node)}
${row(words.browser, versions.browser ?? words.none)}
${row('Playwright', versions.playwright)}
${row(words.os, versions.os)}
${row(words.commit, commit ? html`<code>${commit.hash.slice(0, 12)}</code>${commit.hasChanges ? html` ${words.changes}` : ''}` : words.noCommit)}
${row(words.date, html`<time datetime="${date}">${date.slice(0, 16).replace('T', ' ')} UTC</time>`)}
${row(words.tests, words.testCounts(tests.passed, tests.failed, tests.skipped))}
</dl>`
}

function notStanding(some: readonly WithStanding[], language: Language): Html {
  const words = docsWords[language]
  if (some.length === 0) return html`<p>${words.allStand}</p>`
  return html`<p>${words.standingNote['not-run']}</p>
${sections.map(({ slug, title }) => {
  const own = some.filter(({ statement }) => statement.section === slug)
  if (own.length === 0) return ''
  return html`<details class="part"><summary>${title[language]} <span class="count">${own.length}</span></summary>
<ul>${own.map(({ statement }) => html`<li>${link(statement, language)}</li>`)}</ul></details>`
})}`
}
