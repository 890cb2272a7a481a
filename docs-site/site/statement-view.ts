import { createNames } from '#inspector'
import { type Html, html } from '../../common/html.ts'
import { compare } from '../../common/line-diff.ts'
import type { Language } from '../../common/words.ts'
import { findLesson } from '../../lab/scenarios/lesson-head.ts'
import { slugs } from '../../lab/scenarios/scenarios.ts'
import type { Finding } from '../../statements/findings/finding.ts'
import type { Statement } from '../../statements/statement.ts'
import { appName, type Range, type ShownApp } from '../results/proof.ts'
import {
  type CounterExampleResult,
  type ProofResult,
  type Standing,
  type StatementResult,
  standingOf,
} from '../results/results.ts'
import { japaneseLabel } from './evidence-labels.ts'
import { showEvidence, sizeOf } from './evidence-view.ts'
import { findEnds, findLifetime } from './lifetimes.ts'
import { drawLifetimes } from './picture.ts'
import { appSource, type Source, settingsOf, sourceOf } from './sources.ts'
import { type DocsWords, docsWords, standingIcons } from './words.ts'

/** A verdict as icon, word and colour. */
export const badge = (standing: Standing, language: Language): Html =>
  html`<span class="badge is-${standing}"><span class="icon" aria-hidden="true">${standingIcons[standing]}</span>${docsWords[language].standing[standing]}</span>`

/**
 * One statement or finding: its sentence and verdict, and behind them what they rest on.
 * @param badges since which release it holds; nothing where that is not known
 */
export function statementView(
  statement: Statement | Finding,
  result: StatementResult,
  language: Language,
  badges?: Html,
): Html {
  const words = docsWords[language]
  const { id, level } = statement
  const standing = standingOf(result)
  return html`<article class="statement is-${standing}" id="${id}" aria-labelledby="${id}:sentence">
<p class="verdict">${badge(standing, language)} <span class="fine">${words.observed}: ${level.map((each) => words.levels[each]).join(language === 'ja' ? '、' : ', ')}</span></p>
${headingOf(statement, language)}
${becauseOf(statement, standing, language)}
${badges}
<p class="permalink"><a href="#${id}" aria-label="${words.permalink}: ${id}"><code>#${id}</code></a></p>
${evidenceOf(result, language)}
${result.tests.length > 0 ? html`${proofsOf(result, words)}${appsOf(result, words)}` : html`<p class="fine">${standing === 'untestable' ? words.noProofNeeded : words.noProof}</p>`}
${tryIt(statement, result, language)}
</article>`
}

/** The sentence; of a finding its title, with the sentence below. */
function headingOf(statement: Statement | Finding, language: Language): Html {
  const heading = (text: string) => html`<h2 id="${statement.id}:sentence">${text}</h2>`
  if (!('title' in statement)) return heading(statement[language])
  return html`${heading(statement.title[language])}
<p>${statement[language]}</p>`
}

/** The condition, what happens instead, or why it cannot be tested: as the catalogue says it. */
export function becauseOf(
  { because, verdict }: Statement,
  standing: Standing,
  language: Language,
): Html | undefined {
  const words = docsWords[language]
  if (standing === 'failed' || standing === 'not-run') {
    return html`<p class="because"><b>${words.standing[standing]}</b> ${words.standingNote[standing]}</p>`
  }
  if (!because?.[language] || !verdict) return undefined
  return html`<p class="because"><b>${words.because[verdict]}</b> ${because[language]}</p>`
}

/** So many moments are shown without a click. */
const atOnce = 6

function evidenceOf({ tests, status }: StatementResult, language: Language): Html | undefined {
  const words = docsWords[language]
  const seeing = tests.filter(({ evidence }) => evidence.length > 0)
  if (seeing.length === 0) {
    return status === 'passed' ? html`<p class="fine">${words.noEvidence}</p>` : undefined
  }
  const count = seeing.reduce((sum, { evidence }) => sum + evidence.length, 0)
  const moments = seeing.flatMap(({ evidence }) => evidence).reduce((sum, each) => sum + sizeOf(each), 0)
  const names = createNames()
  return html`<details class="part"${moments <= atOnce ? html` open` : ''}><summary>${words.evidence} <span class="count">${count}</span></summary>
${seeing.map(
  ({
    title,
    evidence,
  }) => html`<section class="seen">${tests.length > 1 ? html`<h3 lang="en">${title}</h3>` : ''}
${drawLifetimes(findEnds(evidence), findLifetime(evidence), words)}
<ol class="timeline">${evidence.map((seen) => html`<li class="piece">${labelled(labelHtml(seen.label, language), tests.length)}${showEvidence(seen, { words, names })}</li>`)}</ol></section>`,
)}
</details>`
}

function labelHtml(label: string, language: Language): Html {
  const japanese = language === 'ja' ? japaneseLabel(label) : undefined
  return japanese === undefined ? html`<span lang="en">${label}</span>` : html`${japanese}`
}

/** A heading below that of the proof, where there are several, or else of the statement. */
function labelled(text: Html, proofs: number): Html {
  return proofs > 1 ? html`<h4 class="label">${text}</h4>` : html`<h3 class="label">${text}</h3>`
}

const proofWord = (status: ProofResult['status'], words: DocsWords) =>
  ({ passed: words.proofHeld, failed: words.proofFailed, 'not-run': words.proofNotRun })[status]

function proofsOf({ tests }: StatementResult, words: DocsWords): Html {
  const isAt = (one: Range, other: Range) => one.file === other.file && one.line === other.line
  const unique = tests.filter(
    ({ source }, index) => tests.findIndex((other) => isAt(other.source, source)) === index,
  )
  return html`<details class="part"><summary>${words.proof} <span class="count">${tests.length}</span></summary>
<ul class="proofs">${tests.map(
    ({ title, app, status, duration }) =>
      html`<li><b>${proofWord(status, words)}</b> <span lang="en">${title}</span> <span class="fine"><code>${appName(app)}</code> ${(duration / 1000).toFixed(1)} s</span></li>`,
  )}</ul>
${words.titlesNote && html`<p class="fine">${words.titlesNote}</p>`}
${unique.map(({ source }) => figure(sourceOf(source), words))}
</details>`
}

function appsOf({ tests, counterExamples }: StatementResult, words: DocsWords): Html {
  return html`<details class="part"><summary>${words.app} / ${words.counterExample}</summary>
${tests.map((test) => {
  const source = appSource(test.app)
  const others = counterExamples.filter(({ title, file }) => title === test.title && file === test.file)
  return html`<section>${tests.length > 1 ? html`<h3 lang="en">${test.title}</h3>` : ''}
${labelled(html`<code>${appName(test.app)}</code>`, tests.length)}
${figure(source, words, words.inTest)}
${others.map((other) => counterExampleOf(other, test, tests.length, words))}</section>`
})}
</details>`
}

function counterExampleOf(
  { app, failedAsExpected, message }: CounterExampleResult,
  right: ProofResult,
  proofs: number,
  words: DocsWords,
): Html {
  return html`${labelled(html`${words.counterExample}: <code>${appName(app)}</code>`, proofs)}
<p class="fine">${words.counterExampleNote}</p>
${difference(right, app, words)}
<p><b>${failedAsExpected ? words.failedAsExpected : words.didNotFail}</b></p>
${message ? html`<p class="fine">${words.howItFailed}</p><pre tabindex="0" lang="en"><code>${message}</code></pre>` : ''}`
}

/** What is different in the counter-example: its code, or the setting that the same code is given. */
function difference({ app: right, source: proof }: ProofResult, wrong: ShownApp, words: DocsWords): Html {
  const [before, after] = [appSource(right), appSource(wrong)]
  if (before && after && before.text !== after.text) return diffOf(before, after, words)
  if (after && !before) return figure(after, words)
  const settings = settingsOf(proof)
  const nameOf = (app: ShownApp) =>
    html`<dd lang="en">${app.kind === 'inline' ? app.name : appName(app)}</dd>`
  return html`<p>${words.sameCode}</p>
<dl class="facts"><div><dt>${words.app}</dt>${nameOf(right)}</div><div><dt>${words.counterExample}</dt>${nameOf(wrong)}</div></dl>
${settings ? figure(settings, words) : ''}`
}

const figure = (source: Source | undefined, words: DocsWords, missing = words.notFoundSource): Html =>
  source
    ? html`<figure class="source"><figcaption><code>${source.file}${source.line > 1 ? `:${source.line}` : ''}</code></figcaption><pre tabindex="0"><code>${source.text}</code></pre></figure>`
    : html`<p class="fine">${missing}</p>`

function diffOf(before: Source, after: Source, words: DocsWords): Html {
  const lines = compare(before.text, after.text).map(({ sign, text }) => {
    if (sign === '+') return html`<ins>+ ${text}</ins>`
    return sign === '-' ? html`<del>- ${text}</del>` : html`<span>  ${text}</span>`
  })
  return html`<figure class="source"><figcaption><code>${after.file}</code> ${words.diff}</figcaption><pre tabindex="0" class="diff"><code>${lines.map(
    (line) => html`${line}\n`,
  )}</code></pre></figure>`
}

/** The lesson of a scenario, where there is such a scenario. */
function lessonOf(scenario: string, language: Language) {
  return slugs().includes(scenario) ? findLesson(scenario, language) : undefined
}

/** How a reader sees it for themselves: the command, the version to switch to, and what to watch. */
function tryIt({ id, scenario, see }: Statement, result: StatementResult, language: Language): Html {
  const words = docsWords[language]
  const lesson = lessonOf(scenario, language)
  const variantIn = (app: ShownApp | undefined) =>
    app?.kind === 'file' && app.scenario === scenario ? app.variant : undefined
  const shown = variantIn(result.tests[0]?.app)
  const begin = shown === 'app' ? undefined : shown
  const breaking = variantIn(result.counterExamples[0]?.app)
  const breaks = breaking === 'app' && !begin ? undefined : breaking
  const query = language === 'en' ? '?lang=en' : ''
  const url = `http://localhost:3000/__lab/${query}#${id}`
  return html`<details class="part"><summary>${words.tryIt}</summary>
<dl class="facts">
<div><dt>${words.scenario}</dt><dd>${lesson ? html`<b>${lesson.title}</b><p>${lesson.summary}</p>` : words.noScenario}</dd></div>
<div data-run><dt>${words.tryRun}</dt><dd><code>npm run demo:${scenario}${begin ? ` -- --variant ${begin}` : ''}</code>${begin ? html`<p>${words.tryBegin(begin)}</p>` : ''}</dd></div>
<div><dt>${words.tryThen}</dt><dd><a href="${url}" data-scenario="${scenario}" data-in-lab="/go/${scenario}${query}#${id}">${url}</a></dd></div>
${see?.[language] ? html`<div><dt>${words.tryWatch}</dt><dd>${see[language]}</dd></div>` : ''}
${breaks ? html`<div><dt>${words.trySwitch}</dt><dd>${words.trySwitchTo(breaks)}</dd></div>` : ''}
</dl>
</details>`
}
