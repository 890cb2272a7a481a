import type { Topic } from '#store-contract'
import { type Html, html } from '../../common/html.ts'
import type { Language } from '../../common/words.ts'
import { command } from '../../matrix/results.ts'
import { filterForm } from './filter-form.ts'
import { answers, backendOf, filterData, fitnesses, ranked } from './matrix-answer.ts'
import { type Compared, compareStores, evidenceFile, matrixFile, wasRun } from './matrix-data.ts'
import { sign } from './matrix-evidence.ts'
import { textIn } from './matrix-text.ts'
import { matrixWords, type Sign } from './matrix-words.ts'
import { docsWords } from './words.ts'

/** The page that answers which store to use: a line a database, then all that were run, behind each verdict why. */
export function matrixPage(language: Language, stores: readonly Compared[] = compareStores()): Html {
  const words = matrixWords[language]
  const run = ranked(stores)
  const others = stores.filter((store) => !wasRun(store))
  return html`<h1>${words.title}</h1>
<p class="lead">${summaryLine(stores, language)} <a href="#not-run">${words.notRun}: ${others.length}</a></p>
${filterForm('by-store', choices(run, language), docsWords[language])}
<div id="by-store">
<section aria-labelledby="answer"><h2 id="answer">${words.answer}</h2><p class="fine">${words.answerNote}</p>
${answers(stores, language)}</section>
<section aria-labelledby="table"><h2 id="table">${words.table}</h2>
<p class="fine sort-note" hidden>${words.tableNote}</p>
${table(run, language)}</section></div>
<section aria-labelledby="how"><h2 id="how">${words.howToRead}</h2><p>${words.lead}</p><ul>${words.reading.map((text) => html`<li>${text}</li>`)}</ul></section>
<section aria-labelledby="made-with"><h2 id="made-with">${words.madeWith}</h2>${madeWith(run, language)}</section>
<section aria-labelledby="not-run"><h2 id="not-run">${words.notRun} <span class="count">${others.length}</span></h2>
<p>${words.notRunNote}</p>
${notRun(others, language)}</section>`
}

function choices(run: readonly Compared[], language: Language) {
  const words = matrixWords[language]
  const backends = [...new Set(run.map((store) => backendOf(store, language)))].sort()
  return [
    {
      name: 'backend',
      label: words.columns.needs,
      options: backends.map((value) => ({ value, label: value })),
    },
    {
      name: 'fitness',
      label: docsWords[language].verdict,
      options: fitnesses.map((value) => ({ value, label: words.fitness[value].word })),
    },
  ]
}

/** How many stores were run and what came of it, in one sentence. */
export function summaryLine(stores: readonly Compared[], language: Language): string {
  const run = stores.filter(wasRun)
  const works = run.filter(({ summary }) => summary.works)
  const safe = works.filter(({ summary }) => summary.resaveFalseIsSafe === 'yes')
  return matrixWords[language].summary(stores.length, run.length, works.length, safe.length)
}

/** The way to the page from another one. */
export function linkToMatrix(language: Language): Html {
  const { toMatrix, toMatrixNote } = matrixWords[language]
  return html`<p><a href="${matrixFile}">${toMatrix}</a> <span class="fine">${toMatrixNote}</span></p>`
}

function madeWith(run: readonly Compared[], language: Language): Html {
  const words = matrixWords[language]
  const all = (of: (store: Compared) => string | undefined) =>
    [...new Set(run.map(of).filter((text) => text !== undefined))].sort()
  const dates = all(({ result }) => result?.date)
  const row = (name: string, value: Html | string) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`
  return html`<dl class="facts run">
${row('express-session', all(({ result }) => result?.expressSession).join(', '))}
${row('Node.js', all(({ result }) => result?.node).join(', '))}
${row(words.behind, all(({ result }) => result?.behind ?? undefined).join(', '))}
${row(words.dates, dates.length > 1 ? `${dates[0]} – ${dates.at(-1)}` : (dates[0] ?? ''))}
${row(words.command, html`<code>${command}</code>`)}
</dl>`
}

function table(run: readonly Compared[], language: Language): Html {
  const words = matrixWords[language]
  return html`<div class="wide" role="group" aria-labelledby="table" tabindex="0"><table class="stores">
<thead><tr>${Object.entries(words.columns).map(([name, title]) => html`<th scope="col" data-column="${name}">${title}</th>`)}</tr></thead>
<tbody>${run.map((store) => tableRow(store, language))}</tbody>
</table></div>`
}

/** The order in which signs are sorted: the best first. */
const order: readonly Sign['tone'][] = ['holds', 'condition', 'not-run', 'does-not-hold', 'untestable']

function tableRow(store: Compared, language: Language): Html {
  const { listed, result, summary } = store
  const words = matrixWords[language]
  const file = evidenceFile(listed.name)
  const verdict = (what: Sign, topic: Topic) =>
    html`<td data-sort="${order.indexOf(what.tone)} ${what.word}"><a href="${result?.couldNotRun ? file : `${file}#${topic}`}">${sign(what)}</a></td>`
  const { registry } = result ?? {}
  const faults = summary.faults.length
  return html`<tr${filterData(store, language)}>
<th scope="row" data-sort="${listed.name}"><a href="${file}">${listed.name}</a> <span class="fine">${result?.version ?? ''}${registry?.deprecated ? html` ${words.deprecated}` : ''}</span></th>
<td data-sort="${backendOf(store, language)}">${backendOf(store, language)} <span class="fine">${listed.how ? words.how[listed.how] : ''}${listed.with ? `: ${textIn(listed.with, language)}` : ''}</span></td>
${verdict(words.works[summary.works ? 'yes' : 'no'], 'shape')}
${verdict(words.resave[summary.resaveFalseIsSafe], 'touch')}
${verdict(words.expiry[summary.expiry], 'expiry')}
${verdict(words.persistent[summary.persistent], 'process')}
<td class="number" data-sort="${result?.couldNotRun ? 999 : faults}"><a href="${file}">${result?.couldNotRun ? docsWords[language].none : faults}</a></td>
<td data-sort="${registry?.published ?? registry?.newest ?? ''}">${registry ? html`${registry.newest}${registry.published ? html` <time class="fine">${registry.published}</time>` : ''}` : words.unknown}</td>
<td>${result?.licence ?? registry?.licence ?? words.unknown}</td>
</tr>`
}

const notRun = (stores: readonly Compared[], language: Language): Html => {
  const { columns, reason, lacks: reasons } = matrixWords[language]
  return html`<div class="wide" role="group" aria-labelledby="not-run" tabindex="0"><table class="stores">
<thead><tr><th scope="col">${columns.store}</th><th scope="col">${columns.needs}</th><th scope="col">${reason}</th></tr></thead>
<tbody>${stores.map(
    ({ listed: { name, homepage, backend, lacks } }) =>
      html`<tr><th scope="row"><a href="${homepage}">${name}</a></th><td>${textIn(backend, language)}</td><td>${lacks ? reasons[lacks](textIn(backend, language)) : '–'}</td></tr>`,
  )}</tbody>
</table></div>`
}
