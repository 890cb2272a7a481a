import type { Claim, Finding, Json } from '#store-contract'
import { claims, reportOf, topicOf, topicWords } from '#store-contract'
import { type Html, html } from '../../common/html.ts'
import type { Language } from '../../common/words.ts'
import { command } from '../../matrix/results.ts'
import { type Compared, matrixFile } from './matrix-data.ts'
import { matrixWords, type Sign } from './matrix-words.ts'

/** An icon, a word and a colour. */
export const sign = ({ icon, word, tone }: Sign): Html =>
  html`<span class="sign is-${tone}"><span aria-hidden="true">${icon}</span> ${word}</span>`

/** The page about one store: what its verdicts rest on, what did not hold first. */
export function storePage({ listed, result, summary }: Compared, language: Language): Html {
  const words = matrixWords[language]
  const { name, homepage, note } = listed
  const found = result?.found ?? {}
  const tried = claims.filter((claim) => found[claim.id])
  const faults = tried.filter(({ id }) => summary.faults.includes(id))
  const isDiffering = ({ id }: Claim) => ['no', 'cannot-tell'].includes(found[id]?.answer ?? '')
  const differing = tried.filter((claim) => isDiffering(claim) && !faults.includes(claim))
  return html`<h1>${name} ${result?.version ?? ''}</h1>
<p><a href="${matrixFile}">${words.backToTable}</a></p>
<dl class="facts">
${result?.behind ? html`<div><dt>${words.behind}</dt><dd>${result.behind}</dd></div>` : ''}
<div><dt>${words.homepage}</dt><dd><a href="${homepage}">${homepage}</a></dd></div>
<div><dt>${words.again}</dt><dd><code>${command} -- --only ${name}</code>${result ? html` <span class="fine">${result.date}, Node.js ${result.node}, express-session ${result.expressSession}</span>` : ''}</dd></div>
</dl>
${note ? html`<p>${note[language]}</p>` : ''}
${result?.registry?.deprecated ? html`<p><b>${words.deprecated}</b> <span lang="en">${result.registry.deprecated}</span></p>` : ''}
${result?.couldNotRun ? html`<p class="because is-does-not-hold"><b>${words.couldNotRun}</b> <span lang="en">${result.couldNotRun}</span></p>` : ''}
${tried.length > 0 && summary.faults.length === 0 ? html`<p>${words.noFaults}</p>` : ''}
${faults.length > 0 ? reports(faults, found, language) : ''}
${differing.length > 0 ? html`<h2>${words.differing}</h2>${listOf(differing, found, language)}` : ''}
${tried.length > 0 ? everything(found, language) : ''}`
}

/** The faults as reports for the author of the store. */
function reports(faults: readonly Claim[], found: Answers, language: Language): Html {
  const words = matrixWords[language]
  return html`<h2>${words.mend} <span class="count">${faults.length}</span></h2>
<p class="fine">${words.mendNote}</p>
<ol class="claims">${faults.map((claim) => {
    const what = found[claim.id]
    const report = what && reportOf(claim, what)
    if (!report) return ''
    const { should, steps, happened } = report
    const row = (name: string, text: string) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`
    return html`<li>${sign(words.answers.no)} <code>${claim.id}</code>
<dl class="facts">${row(words.report.steps, steps[language])}${row(words.report.happened, happened[language])}${row(words.report.should, should[language])}</dl>
${evidenceOf(report.evidence, language)}</li>`
  })}</ol>`
}

function everything(found: Answers, language: Language): Html {
  const words = matrixWords[language]
  const topics = [...new Set(claims.map(topicOf))]
  return html`<h2>${words.all(claims.length)}</h2>
${topics.map((topic) => {
  const own = claims.filter((claim) => topicOf(claim) === topic)
  return html`<h3 id="${topic}">${topicWords[language][topic]}</h3>${listOf(own, found, language)}`
})}`
}

type Answers = Readonly<Record<string, Finding>>

const listOf = (some: readonly Claim[], found: Answers, language: Language): Html =>
  html`<ul class="claims">${some.map((claim) => {
    const what = found[claim.id]
    return what ? claimOf(claim, what, language) : notMeasured(claim, language)
  })}</ul>`

/** A claim that is newer than the last run of the store. */
const notMeasured = ({ title }: Claim, language: Language): Html =>
  html`<li>${sign(matrixWords[language].notMeasured)} ${title[language]}</li>`

function claimOf({ title, kind }: Claim, { answer, instead, evidence }: Finding, language: Language): Html {
  const words = matrixWords[language]
  const isFact = kind === 'property' && answer === 'no'
  return html`<li>${sign(isFact ? words.isNotSo : words.answers[answer])} ${title[language]}
${instead && answer !== 'yes' ? html`<p class="instead">${instead[language]}</p>` : ''}
${evidenceOf(evidence, language)}</li>`
}

const evidenceOf = (evidence: Json, language: Language): Html | '' =>
  isTelling(evidence)
    ? html`<details><summary class="fine">${matrixWords[language].seen}</summary><div lang="en">${seen(evidence)}</div></details>`
    : ''

/** Whether there is more to see than that nothing was wrong. */
const isTelling = (evidence: Json) =>
  typeof evidence === 'object' ? Object.keys(evidence ?? {}).length > 0 : String(evidence).length > 20

/** Names with plain values as a list, anything else as JSON. */
function seen(evidence: Json): Html {
  if (typeof evidence === 'string') return html`<pre tabindex="0"><code>${evidence}</code></pre>`
  const entries = Object.entries(evidence ?? {})
  const isPlain = !Array.isArray(evidence) && entries.every(([, value]) => typeof value !== 'object')
  return isPlain
    ? html`<dl class="facts">${entries.map(([name, value]) => html`<div><dt>${name}</dt><dd><code>${String(value)}</code></dd></div>`)}</dl>`
    : html`<pre tabindex="0"><code>${JSON.stringify(evidence, null, 2)}</code></pre>`
}
