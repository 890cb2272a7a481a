import type { Express, Request, Response } from 'express'
import createError from 'http-errors'
import { diagnoses } from '#inspector'
import { type Html, html } from '../../common/html.ts'
import { languageOf } from '../../common/words.ts'
import { createSearch } from '../../docs-site/search/search.ts'
import { documentsIn, type Target } from '../../docs-site/troubles/documents.ts'
import { causePage, type Links, searchPage, troublesPage } from '../../docs-site/troubles/pages.ts'
import { troubleWords } from '../../docs-site/troubles/words.ts'
import { sections, sentences } from '../../statements/index.ts'
import { addPaste } from './paste.ts'
import { pageWords } from './words.ts'

/**
 * The pages about symptoms and causes, and the search: `/__lab/troubles`, `/__lab/causes/<id>`, `/__lab/search?q=`.
 * @param addressOf where a scenario is, for this reader; undefined where it is not running
 */
export function addTroubles(app: Express, addressOf: (req: Request, slug: string) => string | undefined) {
  const searches = new Map<string, ReturnType<typeof createSearch>>()

  function prepare(req: Request, question = '') {
    const language = languageOf(req.query['lang'])
    const inLanguage = language === 'en' ? '?lang=en' : ''
    const links: Links = {
      troubles: `/__lab/troubles${inLanguage}`,
      symptom: (id) => `/__lab/troubles${inLanguage}#${id}`,
      cause: (id) => `/__lab/causes/${id}${inLanguage}`,
      paste: `/__lab/paste${inLanguage}`,
      scenario(slug) {
        const url = addressOf(req, slug)
        return url && `${url}__lab/${inLanguage}`
      },
    }
    return { language, links, find: findForm(language, question) }
  }

  function show(req: Request, res: Response, title: string, content: Html) {
    const { language } = prepare(req)
    const other = new URL(req.originalUrl, 'http://localhost')
    if (language === 'en') other.searchParams.delete('lang')
    else other.searchParams.set('lang', 'en')
    res.render('plain', {
      ...{ language, words: pageWords[language], title, content: content.html },
      ...{ other: other.pathname + other.search, sheets: ['troubles.css'] },
    })
  }

  addPaste(app, show, (req) => prepare(req).links)

  app.get('/__lab/troubles', (req, res) => {
    const page = prepare(req)
    show(req, res, troubleWords[page.language].title, troublesPage(page))
  })

  app.get('/__lab/causes/:id', (req, res) => {
    const cause = diagnoses.find(({ id }) => id === req.params.id)
    if (!cause) throw createError(404, `cause: ${req.params.id}`)
    const page = prepare(req)
    show(req, res, cause.title[page.language], causePage(cause, page))
  })

  app.get('/__lab/search', (req, res) => {
    const question = String(req.query['q'] ?? '').trim()
    const page = prepare(req, question)
    const { language, links } = page
    const search = searches.get(language) ?? createSearch(documentsIn(language))
    searches.set(language, search)
    const hits = search(question).map((hit) => ({ ...hit, url: urlOf(hit.url as Target, links) }))
    show(req, res, troubleWords[language].search, searchPage(question, hits, page))
  })
}

function urlOf(target: Target, links: Links): string | undefined {
  const id = target.slice(target.indexOf(':') + 1)
  if (target.startsWith('symptom:')) return links.symptom(id)
  if (target.startsWith('cause:')) return links.cause(id)
  const sentence = target.startsWith('section:')
    ? sections.find(({ slug }) => slug === id)?.statements[0]
    : sentences.find((one) => one.id === id)
  if (!sentence) return links.scenario(id)
  const url = links.scenario(sentence.scenario)
  return url && `${url}#${sentence.id}`
}

/** The form that asks the search, without a script. */
export function findForm(language: 'ja' | 'en', question = ''): Html {
  const words = troubleWords[language]
  return html`<form class="find" role="search" action="/__lab/search" method="get">
${language === 'en' && html`<input type="hidden" name="lang" value="en">`}
<label for="q">${words.searchLabel}</label>
<div class="find-row"><input type="search" id="q" name="q" value="${question}" maxlength="200" placeholder="${words.searchHint}" autocomplete="off"><button>${words.search}</button></div>
</form>`
}
