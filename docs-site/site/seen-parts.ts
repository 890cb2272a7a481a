import { readCookieValue, readSetCookie, token } from '#inspector'
import { type Html, html } from '../../common/html.ts'
import type { Seeing } from './seeing.ts'
import { sessionIn } from './session-data.ts'
import type { DocsWords } from './words.ts'

export const none = (words: DocsWords): Html => html`<span class="none">${words.none}</span>`

export const lines = (texts: readonly string[]): Html =>
  html`<pre tabindex="0"><code>${texts.join('\n')}</code></pre>`

export const facts = (rows: readonly (readonly [string, Html])[]): Html =>
  html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`

/** A sid by its colour, shape and short name, as in the lab; the whole of it on demand. */
export const sidOf = (sid: string, { names }: Seeing): Html =>
  html`<span title="${sid}">${token(names.of(sid)) || ''}</span>`

/** A cookie with its sid by name; a value that is not signed as it is. */
export function cookiePair(name: string, raw: string, seeing: Seeing): Html {
  const { state, sid } = readCookieValue(raw)
  const value = state === 'unsigned' ? html`<code>${raw}</code>` : sidOf(sid, seeing)
  return html`<code><b>${name}</b>=</code>${value}`
}

/** A `Set-Cookie` line, attribute by attribute. */
export function setCookieLine(line: string, seeing: Seeing): Html {
  const { name, value, attributes } = readSetCookie(line, 0)
  return html`<p class="set-cookie">${cookiePair(name, value, seeing)}${attributes.map(
    ({ key, text }) => html`<code class="attribute is-${key}">; ${text}</code>`,
  )}</p>`
}

/** The data of a session, member by member: the app's own first, then what express-session keeps of the cookie. */
export function dataOf(text: string, { words }: Seeing): Html {
  const session = sessionIn(text)
  if (typeof session !== 'object' || session === null) return html`<code>${text}</code>`
  const { cookie, ...own } = session as Record<string, unknown>
  const member = ([name, value]: [string, unknown]) =>
    html`<code><b>${name}</b>: ${JSON.stringify(value)}</code> `
  return html`<span class="data">${Object.entries(own).map(member)}${
    typeof cookie === 'object' && cookie !== null
      ? html`<span class="of-cookie"><span class="fine">${words.kept}</span> ${Object.entries(cookie).map(member)}</span>`
      : ''
  }</span>`
}

/** A point in time, in UTC: the site is read anywhere. */
export const moment = (ms: number): Html => {
  const iso = new Date(ms).toISOString()
  return html`<time datetime="${iso}">${iso.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>`
}
