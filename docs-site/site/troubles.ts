import { diagnoses } from '#inspector'
import { type Html, html, raw } from '../../common/html.ts'
import type { Language } from '../../common/words.ts'
import { sections } from '../../statements/index.ts'
import { documentsIn, type Target } from '../troubles/documents.ts'
import { causePage, type Links, troublesPage } from '../troubles/pages.ts'
import { troubleWords } from '../troubles/words.ts'
import { asJsonInPage, type BundledScript } from './scripts.ts'
import { findingsFile } from './sentence-page.ts'

export const troublesFile = 'troubles.html'
export const searchFile = 'search.html'
export const searchScript: BundledScript = 'search.js'

const causeFile = (id: string) => `cause-${id}.html`
const links: Links = {
  troubles: troublesFile,
  symptom: (id) => `${troublesFile}#${id}`,
  cause: causeFile,
  paste: undefined,
  scenario: () => undefined, // nobody knows here whether a lab is running
}

/** What lies beside the pages of the statements: symptoms, causes and the search, each as file, title and content. */
export function* troublePages(language: Language): Generator<{ file: string; title: string; content: Html }> {
  const words = troubleWords[language]
  const find = findForm(language)
  yield { file: troublesFile, title: words.title, content: troublesPage({ language, links, find }) }
  for (const cause of diagnoses) {
    yield {
      file: causeFile(cause.id),
      title: cause.title[language],
      content: causePage(cause, { language, links }),
    }
  }
  yield { file: searchFile, title: words.search, content: searchContent(language) }
}

/** Leads to the search, which is a page of its own. */
export function findForm(language: Language): Html {
  const words = troubleWords[language]
  return html`<form class="find" role="search" action="${searchFile}" method="get">
<label for="q">${words.searchLabel}</label>
<div class="find-row"><input type="search" id="q" name="q" maxlength="200" placeholder="${words.searchHint}" autocomplete="off"><button>${words.search}</button></div>
</form>`
}

function searchContent(language: Language): Html {
  const words = troubleWords[language]
  const documents = documentsIn(language).flatMap((document) => {
    const url = fileOf(document.url)
    return url === undefined ? [] : [{ ...document, url }]
  })
  return html`<h1>${words.search}</h1>
${findForm(language)}
<noscript><p>${words.needsScript}</p></noscript>
<p id="found" role="status" data-asked="${words.nothingAsked}" data-nothing="${words.nothing}" data-found="${words.found(0)}"></p>
<ol class="hits" id="hits"></ol>
<script type="application/json" id="documents">${raw(asJsonInPage(documents))}</script>`
}

function fileOf(target: Target): string | undefined {
  const id = target.slice(target.indexOf(':') + 1)
  if (target.startsWith('symptom:')) return links.symptom(id)
  if (target.startsWith('cause:')) return links.cause(id)
  if (target.startsWith('section:')) return `${id}.html`
  if (target.startsWith('finding:')) return `${findingsFile}#${id}`
  const section = sections.find(({ statements }) => statements.some((one) => one.id === id))
  return section && `${section.slug}.html#${id}`
}
