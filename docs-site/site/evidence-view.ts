import { type Html, html } from '../../common/html.ts'
import type { Evidence, SeenCall, SeenCookie, SeenExchange, SeenRow } from '../results/evidence.ts'
import { showJson } from './json-view.ts'
import type { Seeing } from './seeing.ts'
import { cookiePair, dataOf, facts, lines, moment, none, setCookieLine, sidOf } from './seen-parts.ts'

/** A piece of evidence as a reader wants to see it: by what it is. */
export function showEvidence({ kind, value }: Evidence, seeing: Seeing): Html {
  switch (kind) {
    case 'exchange':
      return showSeveral(value, (exchange) => showExchange(exchange, seeing), seeing)
    case 'calls':
      return showCalls(value, seeing)
    case 'setCookie':
      return showSeveral(value, (line) => setCookieLine(line, seeing), seeing)
    case 'cookie':
      return showSeveral(value, (cookie) => showJarCookie(cookie, seeing), seeing)
    case 'row':
      return showSeveral(value, (row) => showRow(row, seeing), seeing)
    case 'json':
      return showJson(value, seeing)
  }
}

/** How many moments a piece of evidence has. */
export const sizeOf = ({ kind, value }: Evidence): number => (kind === 'json' ? 1 : Math.max(1, value.length))

function showSeveral<T>(items: readonly (T | null)[], show: (item: T) => Html, { words }: Seeing): Html {
  const shown = items.map((item) => (item === null ? none(words) : show(item)))
  const [only = none(words)] = shown
  return shown.length > 1
    ? html`<ol class="moments">${shown.map((item) => html`<li>${item}</li>`)}</ol>`
    : only
}

/** A request with its answer in the columns of the lab: what was sent, what the store was asked, what was set. */
function showExchange(exchange: SeenExchange, seeing: Seeing): Html {
  const { words } = seeing
  const { method, url, cookie, status, location, setCookie, calls, debug } = exchange
  const column = (name: string, content: Html) => html`<div><dt>${name}</dt><dd>${content}</dd></div>`
  return html`<div class="exchange">
<p class="request"><code><b>${method}</b> ${url}</code> → <b>${status ?? '–'}</b>${location ? html` <code>Location: ${location}</code>` : ''}</p>
<dl class="columns">
${column(words.sentCookie, cookie === null ? none(words) : sentCookies(cookie, seeing))}
${column(words.storeCalls, showCalls(calls, seeing))}
${column('Set-Cookie', setCookie.length === 0 ? none(words) : html`${setCookie.map((line) => setCookieLine(line, seeing))}`)}
</dl>
${debug.length > 0 ? html`<p class="fine">${words.log}</p>${lines(debug)}` : ''}</div>`
}

const sentCookies = (header: string, seeing: Seeing): Html =>
  html`${header.split(/; */).map((pair) => {
    const at = pair.indexOf('=')
    return html`<p>${cookiePair(pair.slice(0, Math.max(at, 0)), pair.slice(at + 1), seeing)}</p>`
  })}`

function showJarCookie(cookie: SeenCookie, seeing: Seeing): Html {
  const { name, value, expires, httpOnly, secure, sameSite, domain, path } = cookie
  const { words } = seeing
  const flags = [httpOnly && 'HttpOnly', secure && 'Secure', sameSite && `SameSite=${sameSite}`]
  return html`<div class="thing is-cookie"><p><b class="thing-name">${words.cookie}</b> ${cookiePair(name, value, seeing)}</p>
${facts([
  [words.expires, expires < 0 ? html`${words.session}` : moment(expires * 1000)],
  [words.scope, html`<code>Domain=${domain}; Path=${path}</code>`],
  [words.flags, html`<code>${flags.filter(Boolean).join('; ') || words.none}</code>`],
])}</div>`
}

const showRow = ({ sid, data, expires }: SeenRow, seeing: Seeing): Html =>
  html`<div class="thing is-row"><p><b class="thing-name">${seeing.words.row}</b> ${sidOf(sid, seeing)}</p>
${facts([
  [seeing.words.expires, expires === null ? none(seeing.words) : moment(expires)],
  [seeing.words.data, dataOf(data, seeing)],
])}</div>`

const showCalls = (calls: readonly (SeenCall | null)[], seeing: Seeing): Html =>
  calls.length === 0
    ? none(seeing.words)
    : html`<ol class="calls">${calls.map((call) => html`<li>${call === null ? none(seeing.words) : showCall(call, seeing)}</li>`)}</ol>`

const showCall = ({ method, sid, data, error }: SeenCall, seeing: Seeing): Html =>
  html`<code><b>${method}</b></code> ${sidOf(sid, seeing)}${error ? html` <code class="error">${error}</code>` : ''}${
    data !== null ? dataOf(data, seeing) : method === 'get' && !error ? html` → ${seeing.words.none}` : ''
  }`
