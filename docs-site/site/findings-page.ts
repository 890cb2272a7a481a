import { type Html, html } from '../../common/html.ts'
import type { Language } from '../../common/words.ts'
import { findings, type Section, sections } from '../../statements/index.ts'
import type { StatementResult } from '../results/results.ts'
import { findingsFile } from './sentence-page.ts'
import { statementView } from './statement-view.ts'
import { docsWords } from './words.ts'

const beside = ({ slug }: Pick<Section, 'slug'>) => findings.filter(({ section }) => section === slug)

/** All findings of this lab with their proofs, in the order of the documentation's sections. */
export function findingsPage(
  resultOf: (finding: (typeof findings)[number]) => StatementResult,
  badges: (finding: (typeof findings)[number]) => Html | undefined,
  language: Language,
): Html {
  const words = docsWords[language]
  return html`<h1>${words.ofThisLab}</h1>
<p class="lead">${words.ofThisLabNote}</p>
${sections.map((section) => {
  const own = beside(section)
  if (own.length === 0) return ''
  return html`<p class="fine">${words.beside} <a href="${section.slug}.html">${section.title[language]}</a></p>
${own.map((finding) => statementView(finding, resultOf(finding), language, badges(finding)))}`
})}`
}

/** What this lab has found beside the sentences of a section: links, and nothing where there is none. */
export function linksToFindings(section: Section, language: Language): Html | undefined {
  const own = beside(section)
  if (own.length === 0) return undefined
  return html`<section aria-labelledby="of-this-lab"><h2 id="of-this-lab">${docsWords[language].ofThisLab}</h2>
<ul>${own.map(({ id, title }) => html`<li><a href="${findingsFile}#${id}">${title[language]}</a></li>`)}</ul></section>`
}
