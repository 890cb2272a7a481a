import { readCookieValue, readSetCookie } from '#inspector'
import { type Html, html } from '../../common/html.ts'
import type { Evidence, SeenCall, SeenCookie, SeenExchange, SeenRow } from '../results/evidence.ts'
import { sessionIn } from './session-data.ts'
import type { DocsWords } from './words.ts'

/** A piece of evidence as a reader wants to see it: by what it is. */
export function showEvidence({ kind, value }: Evidence, words: DocsWords): Html {
  switch (kind) {
    case 'exchange':
      return showSeveral(value, (exchange) => showExchange(exchange, words), words)
    case 'calls':
      return showCalls(value, words)
    case 'setCookie':
      return value.length === 0
        ? none(words)
        : html`${value.map((line) => (line === null ? none(words) : setCookieLine(line)))}`
    case 'cookie':
      return showSeveral(value, (cookie) => showJarCookie(cookie, words), words)
    case 'row':
      return showSeveral(value, (row) => showRow(row, words), words)
    case 'json':
      return showJson(value, words)
  }
}

const none = (words: DocsWords) => html`<p class="none">${words.none}</p>`

function showSeveral<T>(items: readonly (T | null)[], show: (item: T) => Html, words: DocsWords): Html {
  const shown = items.map((item) => (item === null ? none(words) : show(item)))
  const [only = none(words)] = shown
  return shown.length > 1
    ? html`<ol class="list-of">${shown.map((item) => html`<li>${item}</li>`)}</ol>`
    : only
}

const deepest = 3

function showJson(value: unknown, words: DocsWords, depth = 0): Html {
  if (value === null || value === undefined) return none(words)
  if (typeof value === 'string') return showText(value)
  if (typeof value !== 'object') return html`<p><code>${String(value)}</code></p>`
  const show = (inner: unknown) => showJson(inner, words, depth + 1)
  if (Array.isArray(value)) return showList(value, words, show)
  const entries = Object.entries(value)
  if (entries.length === 0 || depth >= deepest) return json(value)
  return facts(entries.map(([name, inner]) => [name, show(inner)]))
}

function showText(value: string): Html {
  if (value === '') return html`<p class="none">""</p>`
  return value.includes('\n') ? lines([value]) : html`<p><code>${value}</code></p>`
}

function showList(values: readonly unknown[], words: DocsWords, show: (value: unknown) => Html): Html {
  if (values.length === 0) return none(words)
  if (values.every((value) => typeof value !== 'object' || value === null)) {
    const texts = values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    if (texts.some((text) => text.length > 60 || text.includes('\n'))) return lines(texts)
    return html`<ol class="row-of">${texts.map((text) => html`<li><code>${text === '' ? '""' : text}</code></li>`)}</ol>`
  }
  return html`<ol class="list-of">${values.map((value) => html`<li>${show(value)}</li>`)}</ol>`
}

const lines = (texts: readonly string[]) => html`<pre tabindex="0"><code>${texts.join('\n')}</code></pre>`
const json = (value: unknown) => html`<pre tabindex="0"><code>${JSON.stringify(value, null, 2)}</code></pre>`

/** A `Set-Cookie` line, attribute by attribute. */
function setCookieLine(line: string): Html {
  const { name, value, attributes } = readSetCookie(line, 0)
  return html`<p class="set-cookie"><code><b>${name}</b>=<span class="value">${value}</span></code>${attributes.map(
    ({ key, text }) => html`<code class="attribute is-${key}">; ${text}</code>`,
  )}</p>`
}

function cookieValue(raw: string, words: DocsWords): Html {
  const { state, sid, signature } = readCookieValue(raw)
  if (state === 'unsigned') return html`<code>${raw}</code>`
  return html`<code>s:<b>${sid}</b></code> <span class="fine">${words.signature} <code>${signature}</code></span>`
}

function showJarCookie(cookie: SeenCookie, words: DocsWords): Html {
  const { name, value, expires, httpOnly, secure, sameSite, domain, path } = cookie
  return facts([
    [words.cookie, html`<code><b>${name}</b></code> = ${cookieValue(value, words)}`],
    [words.expires, expires < 0 ? html`${words.session}` : moment(expires * 1000)],
    ['Domain, Path', html`<code>${domain}</code> <code>${path}</code>`],
    [
      'HttpOnly, Secure, SameSite',
      html`<code>${String(httpOnly)}</code> <code>${String(secure)}</code> <code>${sameSite ?? ''}</code>`,
    ],
  ])
}

const showRow = ({ sid, data, expires }: SeenRow, words: DocsWords): Html =>
  facts([
    ['sid', html`<code>${sid}</code>`],
    [words.expires, expires === null ? html`${words.none}` : moment(expires)],
    [words.row, showData(data)],
  ])

function showData(data: string): Html {
  const parsed = sessionIn(data)
  return parsed === undefined ? html`<p><code>${data}</code></p>` : json(parsed)
}

function showExchange(exchange: SeenExchange, words: DocsWords): Html {
  const { method, url, cookie, status, location, setCookie, calls, debug } = exchange
  return html`<div class="exchange">
<p class="request"><code><b>${method}</b> ${url}</code> → <code>${status ?? '–'}</code>${location ? html` <code>Location: ${location}</code>` : ''}</p>
${facts([
  ['Cookie', cookie === null ? html`${words.none}` : html`<code>${cookie}</code>`],
  [words.storeCalls, calls.length === 0 ? html`${words.none}` : showCalls(calls, words)],
  ['Set-Cookie', setCookie.length === 0 ? html`${words.none}` : html`${setCookie.map(setCookieLine)}`],
  ...(debug.length > 0 ? [[words.log, lines(debug)] as const] : []),
])}</div>`
}

const showCalls = (calls: readonly (SeenCall | null)[], words: DocsWords): Html =>
  calls.length === 0
    ? none(words)
    : html`<ol class="calls">${calls.map((call) => html`<li>${call === null ? none(words) : showCall(call, words)}</li>`)}</ol>`

const showCall = ({ method, sid, data, error }: SeenCall, words: DocsWords): Html =>
  html`<code><b>${method}</b> ${sid}</code>${
    error ? html` <code class="error">${error}</code>` : ''
  }${data !== null ? showData(data) : method === 'get' && !error ? html` → ${words.none}` : ''}`

const facts = (rows: readonly (readonly [string, Html])[]): Html =>
  html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`

/** A point in time, in UTC: the site is read anywhere. */
const moment = (ms: number): Html => {
  const iso = new Date(ms).toISOString()
  return html`<time datetime="${iso}">${iso.replace('T', ' ')}</time>`
}
