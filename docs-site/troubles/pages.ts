import { type Diagnosis, diagnoses } from '#inspector'
import { type Html, html } from '../../common/html.ts'
import type { Language } from '../../common/words.ts'
import { type Question, questions } from '../../symptoms/questions.ts'
import { groups, type Symptom, symptoms } from '../../symptoms/symptoms.ts'
import { tells } from '../../symptoms/tells.ts'
import type { Hit } from '../search/search.ts'
import { troubleWords } from './words.ts'

/** Where the pages are that these lead to: in the lab and in a folder of files the addresses differ. */
export interface Links {
  troubles: string
  symptom(id: string): string
  cause(id: string): string
  /** Where options and headers can be pasted; undefined where nothing can be run. */
  paste: string | undefined
  /** The lab page of a scenario; undefined where it is not running. */
  scenario(slug: string): string | undefined
}

interface Page {
  language: Language
  links: Links
  /** The search form, as it is here. */
  find: Html
}

const titles = new Map(diagnoses.map(({ id, title }) => [id, title]))

/** Symptoms with their causes, the path of questions, and all causes. */
export function troublesPage({ language, links, find }: Page): Html {
  const words = troubleWords[language]
  return html`<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
${find}
<h2 id="symptoms">${words.symptoms}</h2>
${groups.map(
  (group) => html`<section><h3>${group.title[language]}</h3>
${group.symptoms.map((symptom) => symptomView(symptom, language, links))}</section>`,
)}
<h2 id="path">${words.path}</h2>
<p>${words.pathNote}</p>
<ol class="path">${questions.map((question) => questionView(question, language, links))}</ol>
${
  links.paste &&
  html`<h2 id="paste">${words.paste}</h2>
<p>${words.pasteNote} <a href="${links.paste}">${words.paste}</a></p>`
}
${ownApp(language)}
<h2 id="causes">${words.allCauses}</h2>
<ul class="all-causes">${diagnoses.map((cause) => html`<li>${kindOf(cause, language)} ${linkTo(cause.id, language, links)}</li>`)}</ul>`
}

/** One cause: how to tell it, what to change, where to see it happen. */
export function causePage(cause: Diagnosis, { language, links }: Omit<Page, 'find'>): Html {
  const words = troubleWords[language]
  const seenWith = symptoms.filter(({ causes }) => causes.includes(cause.id))
  return html`<p><a href="${links.troubles}">${words.back}</a></p>
<h1>${cause.title[language]}</h1>
<p>${kindOf(cause, language)} <code>${cause.id}</code></p>
<h2>${words.tell}</h2>
<p>${tells[cause.id]?.[language]}</p>
<h2>${words.fix}</h2>
<p>${cause.fix.words[language]}</p>
<pre tabindex="0"><code>${cause.fix.code}</code></pre>
${cause.lab && seeView(cause.lab, language, links)}
<h2>${words.source}</h2>
<p><a href="${cause.source.url}">${cause.source.title}</a></p>
${
  seenWith.length > 0 &&
  html`<h2>${words.seenWith}</h2>
<ul>${seenWith.map(({ id, words: own }) => html`<li><a href="${links.symptom(id)}">${own[language]}</a></li>`)}</ul>`
}
${ownApp(language)}`
}

/** What a search found. `hits` have addresses already. */
export function searchPage(
  question: string,
  hits: readonly (Omit<Hit, 'url'> & { url: string | undefined })[],
  { language, links, find }: Page,
): Html {
  const words = troubleWords[language]
  const status =
    question === '' ? words.nothingAsked : hits.length === 0 ? words.nothing : words.found(hits.length)
  return html`<p><a href="${links.troubles}">${words.back}</a></p>
<h1>${words.search}</h1>
${find}
<p role="status">${status}</p>
<ol class="hits">${hits.map(
    ({ kind, title, url }) =>
      html`<li><span class="kind">${kind}</span> ${url === undefined ? title : html`<a href="${url}">${title}</a>`}</li>`,
  )}</ol>`
}

function symptomView({ id, words, texts, causes }: Symptom, language: Language, links: Links): Html {
  const { texts: textsTitle, causes: causesTitle } = troubleWords[language]
  return html`<details class="symptom" id="${id}">
<summary>${words[language]}</summary>
${
  texts &&
  html`<h4>${textsTitle}</h4>
<ul class="texts">${texts.map((text) => html`<li><code>${text}</code></li>`)}</ul>`
}
<h4>${causesTitle}</h4>
<ol class="causes">${causes.map((cause) => html`<li>${linkTo(cause, language, links)}<br>${tells[cause]?.[language]}</li>`)}</ol>
</details>`
}

const questionView = ({ words, how, no }: Question, language: Language, links: Links): Html =>
  html`<li><strong>${words[language]}</strong> ${how[language]}
<details><summary>${troubleWords[language].no}</summary>
<ul>${no.map((id) => html`<li>${linkTo(id, language, links)}</li>`)}</ul></details></li>`

const linkTo = (id: string, language: Language, links: Links): Html =>
  html`<a href="${links.cause(id)}">${titles.get(id)?.[language] ?? id}</a>`

const kindOf = ({ kind }: Diagnosis, language: Language): Html =>
  html`<span class="kind is-${kind}">${troubleWords[language].kinds[kind]}</span>`

function seeView(
  { scenario, variant }: NonNullable<Diagnosis['lab']>,
  language: Language,
  links: Links,
): Html {
  const words = troubleWords[language]
  const url = links.scenario(scenario)
  return html`<h2>${words.see}</h2>
<p>${url === undefined ? html`<code>npm run demo:${scenario}</code>` : html`<a href="${url}">${scenario}</a>`}${variant && ` — ${words.seeVariant(variant)}`}</p>`
}

function ownApp(language: Language): Html {
  const { ownApp: title, ownAppNote } = troubleWords[language]
  return html`<h2 id="own">${title}</h2>
<p>${ownAppNote}</p>
<pre tabindex="0"><code>npx express-session-inspector app.js</code></pre>`
}
