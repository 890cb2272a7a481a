import { type Html, html } from '../../common/html.ts'
import type { Language } from '../../common/words.ts'
import { findLesson } from '../../lab/scenarios/lesson-head.ts'
import { slugs } from '../../lab/scenarios/scenarios.ts'
import { sectionOf, sections } from '../../statements/index.ts'
import type { Statement } from '../../statements/statement.ts'
import { type Standing, standings } from '../results/results.ts'
import type { Run } from '../results/run-files.ts'
import type { RunInfo } from '../results/run-info.ts'
import { versionWords } from '../versions/words.ts'
import { filterForm } from './filter-form.ts'
import { linkToMatrix, summaryLine } from './matrix.ts'
import { compareStores } from './matrix-data.ts'
import { matrixWords } from './matrix-words.ts'
import { findingsFile } from './sentence-page.ts'
import { badge, becauseOf } from './statement-view.ts'
import { versionsSummary } from './versions.ts'
import type { Versions } from './versions-data.ts'
import { type DocsWords, docsWords, standingIcons } from './words.ts'

/** A statement with what the run says about it. */
interface WithStanding {
  statement: Statement
  standing: Standing
}

/** What has to be known first: what broke, then what is not as documented. */
const order = ['failed', ...standings.filter((standing) => standing !== 'failed')] as const
const worthKnowing: readonly Standing[] = ['failed', 'does-not-hold', 'condition']

/** How many of each verdict; every statement by its verdict, to be filtered; how many in each section; the run. */
export function startPage(
  all: readonly WithStanding[],
  { info }: Run,
  versions: Versions | undefined,
  language: Language,
): Html {
  const words = docsWords[language]
  return html`<h1>${words.site}</h1>
<p class="lead">${words.lead}</p>
${counts(all, language)}
<section aria-labelledby="statements"><h2 id="statements">${words.allStatements}</h2>
${filterForm('by-verdict', choices(all, language), words)}
<div id="by-verdict">${order.map((standing) => group(standing, all, language))}</div></section>
<section aria-labelledby="sections"><h2 id="sections">${words.bySection}</h2>${bySection(all, language)}</section>
<section aria-labelledby="of-this-lab"><h2 id="of-this-lab">${words.ofThisLab}</h2><p>${words.ofThisLabNote} <a href="${findingsFile}">${words.ofThisLab}</a></p></section>
<section aria-labelledby="stores"><h2 id="stores">${matrixWords[language].title}</h2><p>${summaryLine(compareStores(), language)}</p>${linkToMatrix(language)}</section>
<section aria-labelledby="releases"><h2 id="releases">${versionWords[language].title}</h2>${versionsSummary(versions, language)}</section>
<section aria-labelledby="run"><h2 id="run">${words.run}</h2>${runFacts(info, words)}</section>`
}

const having = (standing: Standing, all: readonly WithStanding[]) =>
  all.filter((each) => each.standing === standing)
/** Only what there is: a verdict that no statement has would be noise. */
const present = (all: readonly WithStanding[]) => order.filter((standing) => having(standing, all).length > 0)

const counts = (all: readonly WithStanding[], language: Language): Html =>
  html`<ul class="tiles" aria-label="${docsWords[language].counts}">${present(all).map(
    (standing) =>
      html`<li class="is-${standing}"><a href="#is-${standing}"><b>${having(standing, all).length}</b> ${badge(standing, language)} <span class="fine">${docsWords[language].standingNote[standing]}</span></a></li>`,
  )}</ul>`

function choices(all: readonly WithStanding[], language: Language) {
  const words = docsWords[language]
  const scenarios = slugs().filter((slug) => all.some(({ statement }) => statement.scenario === slug))
  return [
    {
      name: 'verdict',
      label: words.verdict,
      options: present(all).map((value) => ({ value, label: words.standing[value] })),
    },
    {
      name: 'scenario',
      label: words.scenario,
      options: scenarios.map((value) => ({ value, label: findLesson(value, language)?.title ?? value })),
    },
  ]
}

/** The statements of one verdict. The id lies within the fold: a link to it unfolds. */
function group(standing: Standing, all: readonly WithStanding[], language: Language): Html | undefined {
  const own = having(standing, all)
  if (own.length === 0) return undefined
  return html`<details class="part is-${standing}"${worthKnowing.includes(standing) ? html` open` : ''}><summary>${badge(standing, language)} <span class="count">${own.length}</span></summary>
<ul class="sentences" id="is-${standing}">${own.map(({ statement }) => item(statement, standing, language))}</ul></details>`
}

function item(statement: Statement, standing: Standing, language: Language): Html {
  const { section, id, scenario } = statement
  return html`<li data-item="${id}" data-verdict="${standing}" data-scenario="${scenario}">
<a href="${section}.html#${id}">${statement[language]}</a> <span class="fine">${sectionOf(section).title[language]}</span>
${worthKnowing.includes(standing) && standing !== 'failed' ? becauseOf(statement, standing, language) : ''}</li>`
}

function bySection(all: readonly WithStanding[], language: Language): Html {
  const words = docsWords[language]
  const shown = present(all)
  const cell = (standing: Standing, own: readonly WithStanding[]) => {
    const count = having(standing, own).length
    return html`<td class="number is-${standing}">${count > 0 ? count : ''}</td>`
  }
  return html`<div class="wide" role="group" aria-labelledby="sections" tabindex="0"><table class="by-section">
<thead><tr><th scope="col">${words.section}</th>${shown.map(
    (standing) =>
      html`<th scope="col" class="number is-${standing}"><span aria-hidden="true">${standingIcons[standing]}</span> ${words.standing[standing]}</th>`,
  )}</tr></thead>
<tbody>${sections.map(({ slug, title }) => {
    const own = all.filter(({ statement }) => statement.section === slug)
    return html`<tr><th scope="row"><a href="${slug}.html">${title[language]}</a></th>${shown.map((standing) => cell(standing, own))}</tr>`
  })}</tbody></table></div>`
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
