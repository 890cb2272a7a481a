import { type Html, html } from '../html.ts'
import type { Client } from '../model/client.ts'
import type { Refused } from '../model/export.ts'
import { sumOf } from '../model/passed.ts'
import { panelWords, refusedWords } from '../words/panel.ts'
import { passedWords, timed } from '../words/passed.ts'
import type { Language } from '../words/words.ts'
import { columnsHtml } from './columns.ts'
import { detailsHtml } from './details.ts'
import { countHtml, findingsHtml } from './findings.ts'
import { listHtml } from './list.ts'
import { openHtml } from './open.ts'
import { pairHtml } from './pair.ts'
import { createPrinter, fill, type PanelData, type Printer, token } from './print.ts'
import { type PanelQuery, searchOf } from './query.ts'
import { endWord, timelineHtml, timelineOf } from './timeline.ts'
import { toolsHtml } from './tools.ts'
import { isOfEarlierChapter } from './wire.ts'

/** The whole panel. `version` is what a poll gives back to ask whether anything is new. */
export function panelHtml(data: PanelData, version: string): Html {
  const { source, query, focus, look } = data
  const print = createPrinter(data)
  const { words } = print
  const announced = (what: string) => fill(words.announceLeft, { what })
  const over = (what: string) => fill(words.announceOver, { what })
  const { step, place } = focus
  const pair = step && place && look && { step, place, look }
  return html`<div id="inspector-panel" class="inspector" data-poll="${searchOf(query)}" data-version="${version}" data-now="${source.now}" data-live="${String(print.isLive)}" data-scale="${print.scale}"
  data-announce-cookie="${announced(words.cookie)}" data-announce-row="${announced(words.rowWord)}" data-over-cookie="${over(words.cookie)}" data-over-row="${over(words.rowWord)}" data-seconds="${words.seconds}" data-over="${words.over}" data-lost="${words.lost}">
${query.isImported && html`<p class="notice"><strong>${words.imported}</strong> <a href="${print.link({ isImported: false, at: null, client: null })}">${words.leaveImported}</a></p>`}
${clientsHtml(data, print)}
${passedHtml(data)}
${
  pair
    ? html`${pastHtml(data, print)}
${pairHtml(pair, data, print)}
${countHtml(data, print)}
${columnsHtml(pair, data, print)}
${findingsHtml(data, print)}
${timelineHtml(timelineOf(source, focus), focus, print)}
${!isOfEarlierChapter(pair.step, data) && detailsHtml(pair.step, print, source.story.sessionCalls())}
${listHtml(data, print)}`
    : html`${waitingHtml(data, print)}
${countHtml(data, print)}
${findingsHtml(data, print)}`
}
${toolsHtml(data, print)}
</div>`
}

/** How many requests passed unrecorded, when, and why. */
function passedHtml({ source, query }: PanelData): Html | false {
  const sum = sumOf(source.story.passed())
  return (
    sum !== null &&
    html`<p class="notice" id="inspector-passed">${passedWords[query.language].sum(timed(sum))}</p>`
  )
}

/** Nothing has ended so far that has a cookie or a row: what is under way, if anything is. */
function waitingHtml({ source }: PanelData, print: Printer): Html {
  const { words } = print
  const outside = source.story.outside()
  if (source.exchanges.length + outside.length + source.story.passed().length === 0) {
    return html`<p class="waiting" id="inspector-waiting">${words.waiting}</p>`
  }
  return html`${source.exchanges.length > 0 && html`<p>${words.arrived}</p>`}${openHtml(source.exchanges, print)}
  ${
    outside.length > 0 &&
    html`<p class="fine">${words.outside}</p><ul>${outside.map(
      ({ call }) => html`<li><code>${call.method}</code> ${token(print.name(call.sid))}</li>`,
    )}</ul>`
  }`
}

function clientsHtml({ source, focus }: PanelData, { words, link, ...print }: Printer) {
  const clients = source.story.clients().filter(({ isInspector }) => !isInspector)
  const one = (client: Client) =>
    html`<a href="${link({ client: client.letter, at: null })}" id="client-${client.letter}"${client === focus.client && html` aria-current="true"`}>${print.client(client)}${client.key === source.asker && ` (${words.you})`}</a>`
  return (
    clients.length > 1 && html`<nav class="clients" aria-label="${words.clients}">${clients.map(one)}</nav>`
  )
}

function pastHtml({ focus: { chosen } }: PanelData, print: Printer) {
  const { words } = print
  if (!chosen) return null
  const { kind, step } = chosen
  const what = kind === 'exchange' ? '' : ` — ${endWord(chosen, print)}`
  const isAside = kind === 'outside' || kind === 'passed'
  const label = isAside ? endWord(chosen, print) : `${words.step} ${print.number(step)}${what}`
  return html`<p class="notice" id="inspector-past">${words.past(label)} <a href="${print.link({ at: null })}" data-live-link>${words.goLive}</a></p>`
}

/** A page with nothing but the panel. */
export function pageHtml(query: PanelQuery, panel: Html): Html {
  const words = panelWords[query.language]
  return documentHtml(
    query,
    html`<script type="module" src="/__lab/inspector/assets/inspector.js"></script>`,
    html`<main id="inspector" class="observe">
<h2 class="hidden">${words.title}</h2>
${panel}
</main>`,
  )
}

/** Why a record from elsewhere is not shown; `place` is the page to go back to. */
export function refusedHtml(query: PanelQuery, reason: Refused, place: string): Html {
  const words = panelWords[query.language]
  return documentHtml(
    query,
    null,
    html`<main id="inspector" class="observe">
<div class="notice" role="alert"><h2>${words.refusedHeading}</h2><p>${refusedWords[reason][query.language]}</p></div>
<p><a href="${place}${searchOf(query)}#inspector-tools">${words.backToPanel}</a></p>
</main>`,
  )
}

const languages = { ja: '日本語', en: 'English' } as const

/** Leads to the same page in each language; the script keeps the addresses up with what is looked at. */
function languagesHtml(query: PanelQuery): Html {
  const link = (language: Language) =>
    html`<a lang="${language}" href="/__lab/inspector/${searchOf({ ...query, language, isLanguageAsked: true })}" data-language="${language}"${language === query.language && html` aria-current="true"`}>${languages[language]}</a>`
  return html`<nav class="languages" aria-label="Language / 言語">${link('ja')} ${link('en')}</nav>`
}

function documentHtml(query: PanelQuery, script: Html | null, main: Html): Html {
  const words = panelWords[query.language]
  return html`<!doctype html>
<html lang="${query.language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>${words.title} — express-session</title>
  <link rel="icon" href="/__lab/inspector/assets/favicon.ico">
  <link rel="stylesheet" href="/__lab/inspector/assets/page.css">
  <link rel="stylesheet" href="/__lab/inspector/assets/inspector.css">
  ${script}
</head>
<body>
<header class="top">
  <h1>${words.heading}</h1>
  <p><a href="/">${words.openApp}</a></p>
  ${languagesHtml(query)}
</header>
${main}
</body>
</html>`
}
