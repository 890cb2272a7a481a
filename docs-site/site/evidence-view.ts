import type { Exchange, StoreCall } from '../inspector/exchange.ts'
import { readCookieValue } from '../inspector/model/cookie-value.ts'
import { readSetCookie } from '../inspector/model/set-cookie.ts'
import type { Row } from '../stores/store.ts'
import { type Html, html } from './html.ts'
import {
  isExchange,
  isJarCookie,
  isRecord,
  isRow,
  isSetCookieLine,
  isStoreCall,
  type JarCookie,
  lineOfParsed,
} from './shapes.ts'
import type { DocsWords } from './words.ts'

const deepest = 3

/** A piece of evidence as a reader wants to see it: by what it is, and as JSON only where nothing better is known. */
export function showEvidence(value: unknown, words: DocsWords, depth = 0): Html {
  const show = (inner: unknown) => showEvidence(inner, words, depth + 1)
  if (value === null || value === undefined) return html`<p class="none">${words.none}</p>`
  if (isSetCookieLine(value)) return setCookieLine(value)
  if (typeof value === 'string') return showText(value, words)
  if (typeof value !== 'object') return html`<p><code>${String(value)}</code></p>`
  if (isExchange(value)) return showExchange(value, words)
  if (isRow(value)) return showRow(value, words)
  if (isJarCookie(value)) return showJarCookie(value, words)
  if (isStoreCall(value)) return showCalls([value], words)
  if (Array.isArray(value)) return showList(value, words, show)
  const parsed = lineOfParsed(value)
  if (parsed !== undefined) return setCookieLine(parsed)
  const entries = Object.entries(value)
  if (entries.length === 0 || depth >= deepest || !isRecord(value)) return json(value)
  return html`<dl class="facts">${entries.map(
    ([name, inner]) => html`<div><dt>${name}</dt><dd>${time(name, inner) ?? show(inner)}</dd></div>`,
  )}</dl>`
}

function showText(value: string, words: DocsWords): Html {
  if (value === '') return html`<p class="none">""</p>`
  if (value.includes('\n')) return html`<pre tabindex="0"><code>${value}</code></pre>`
  const parsed = parsedJson(value)
  return parsed === undefined ? html`<p><code>${value}</code></p>` : showEvidence(parsed, words, deepest)
}

/** The object that a JSON text holds; undefined for any other text. */
function parsedJson(value: string): unknown {
  if (!/^[{[]/.test(value)) return undefined
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

function showList(values: readonly unknown[], words: DocsWords, show: (value: unknown) => Html): Html {
  if (values.length === 0) return html`<p class="none">${words.none}</p>`
  if (values.every(isStoreCall)) return showCalls(values, words)
  if (values.every(isSetCookieLine)) return html`${values.map(setCookieLine)}`
  if (values.every((value) => typeof value !== 'object' || value === null)) {
    const texts = values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    if (texts.some((text) => text.length > 60 || text.includes('\n'))) return lines(texts)
    return html`<ol class="row-of">${texts.map((text) => html`<li><code>${text === '' ? '""' : text}</code></li>`)}</ol>`
  }
  return html`<ol class="list-of">${values.map((value) => html`<li>${show(value)}</li>`)}</ol>`
}

const lines = (texts: readonly string[]) => html`<pre tabindex="0"><code>${texts.join('\n')}</code></pre>`
const json = (value: unknown) => html`<pre tabindex="0"><code>${JSON.stringify(value, null, 2)}</code></pre>`

/** A `Set-Cookie` line, its attributes told apart. */
export function setCookieLine(line: string): Html {
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

function showJarCookie(cookie: JarCookie, words: DocsWords): Html {
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

const showRow = ({ sid, data, expires }: Row, words: DocsWords): Html =>
  facts([
    ['sid', html`<code>${sid}</code>`],
    [words.expires, expires === null ? html`${words.none}` : moment(expires)],
    [words.row, showData(data)],
  ])

function showData(data: string): Html {
  const parsed = parsedJson(data)
  return parsed === undefined ? html`<p><code>${data}</code></p>` : json(parsed)
}

function showExchange(exchange: Exchange, words: DocsWords): Html {
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

const showCalls = (calls: readonly StoreCall[], words: DocsWords): Html =>
  html`<ol class="calls">${calls.map(
    ({ method, sid, data, error }) =>
      html`<li><code><b>${method}</b> ${sid}</code>${
        error ? html` <code class="error">${error}</code>` : ''
      }${data !== null ? showData(data) : method === 'get' && !error ? html` → ${words.none}` : ''}</li>`,
  )}</ol>`

const facts = (rows: readonly (readonly [string, Html])[]): Html =>
  html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`

/** A point in time, in UTC: the site is read anywhere. */
const moment = (ms: number): Html => {
  const iso = new Date(ms).toISOString()
  return html`<time datetime="${iso}">${iso.replace('T', ' ')}</time>`
}

const year = 365 * 24 * 3600 * 1000

/** A number under a name that speaks of a time, shown as one when it is a time of our days. */
function time(name: string, value: unknown): Html | undefined {
  if (typeof value !== 'number' || !/expir|cookie|row|date|at$/i.test(name)) return undefined
  const ms = epochMs(value)
  return ms === undefined ? undefined : html`${moment(ms)}`
}

/** The ms since the epoch that a number means in seconds or in milliseconds; undefined when it is no time near now. */
export function epochMs(value: number, now = Date.now()): number | undefined {
  return [value, value * 1000].find((ms) => Math.abs(ms - now) < 20 * year)
}
