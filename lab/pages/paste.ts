import express, { type Express, type Request, type Response } from 'express'
import { type Html, html } from '../../common/html.ts'
import { type Language, languageOf } from '../../common/words.ts'
import type { Links } from '../../docs-site/troubles/pages.ts'
import { troubleWords } from '../../docs-site/troubles/words.ts'
import { type Checked, check, type NotChecked } from '../paste/check.ts'
import { pasteWords } from '../paste/paste-words.ts'

/** Shows a page of the frame. */
export type Show = (req: Request, res: Response, title: string, content: Html) => void

interface Given {
  options: string
  headers: string
  address: string
}

const empty: Given = { options: '', headers: '', address: 'http://localhost:3000/' }

/** The page where options and headers are pasted: `/__lab/paste`. */
export function addPaste(app: Express, show: Show, linksFor: (req: Request) => Links) {
  app.get('/__lab/paste', (req, res) => {
    const language = languageOf(req.query['lang'])
    show(req, res, pasteWords[language].title, form(language, empty))
  })

  app.post('/__lab/paste', express.urlencoded({ extended: false, limit: '50kb' }), async (req, res) => {
    const language = languageOf(req.query['lang'])
    const textOf = (key: keyof Given) => String(req.body?.[key] ?? '').trim()
    const given: Given = {
      options: textOf('options'),
      headers: textOf('headers'),
      address: textOf('address'),
    }
    const checked = await check(given.options, given.headers, given.address)
    if (typeof checked === 'string') res.status(400)
    const result = resultView(checked, language, linksFor(req))
    show(req, res, pasteWords[language].title, html`${form(language, given)}${result}`)
  })
}

function form(language: Language, given: Given): Html {
  const words = pasteWords[language]
  return html`<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
<form class="paste" method="post" action="/__lab/paste${language === 'en' ? '?lang=en' : ''}#result">
<label for="options">${words.options}</label>
<textarea id="options" name="options" rows="9" spellcheck="false" placeholder="session({ secret: 'keyboard cat', cookie: { secure: true } })">${given.options}</textarea>
<label for="headers">${words.headers}</label>
<textarea id="headers" name="headers" rows="5" spellcheck="false" placeholder="Set-Cookie: connect.sid=…; Path=/; HttpOnly">${given.headers}</textarea>
<label for="address">${words.address}</label>
<input id="address" name="address" value="${given.address}" maxlength="500">
<p><button>${words.check}</button></p>
</form>`
}

function resultView(checked: Checked | NotChecked, language: Language, links: Links): Html {
  const words = pasteWords[language]
  if (typeof checked === 'string') {
    return html`<h2 id="result">${words.result}</h2><p role="alert">${words[checked]}</p>`
  }
  const { findings, unknown, said, sent } = checked
  return html`<h2 id="result">${words.result}</h2>
${findings.length === 0 && html`<p>${words.none}</p>`}
${findings.map((finding) => findingView(finding, language, links))}
${listOf(words.said, said)}
${sent && listOf(words.sent, sent.length > 0 ? sent : [words.nothingSent])}
${listOf(words.unknown, unknown)}`
}

const listOf = (title: string, texts: readonly string[]): Html | false =>
  texts.length > 0 &&
  html`<h3>${title}</h3>
<ul class="texts">${texts.map((text) => html`<li><code>${text}</code></li>`)}</ul>`

function findingView(
  { id, kind, words, evidence, fix }: Checked['findings'][number],
  language: Language,
  links: Links,
): Html {
  return html`<section class="symptom">
<h3><span class="kind is-${kind}">${troubleWords[language].kinds[kind]}</span> <a href="${links.cause(id)}">${words[language]}</a></h3>
<ul>${evidence.map((one) => html`<li>${one.line !== undefined && html`<code>${one.line}</code> `}${one.words[language]}</li>`)}</ul>
<p>${fix.words[language]}</p>
<pre tabindex="0"><code>${fix.code}</code></pre>
</section>`
}
