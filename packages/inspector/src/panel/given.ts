import type { SessionCall } from '../exchange.ts'
import { type Html, html } from '../html.ts'
import { textOf } from '../watch/session-text.ts'
import { type Defaulted, defaultWords, givenWords } from '../words/given.ts'
import type { Printer } from './print.ts'

type Option = readonly [name: Defaulted, value: string | undefined]

/** What a session() call was given, by option; undefined: left out. Never a secret. */
function optionsOf(call: SessionCall): readonly Option[] {
  const { cookie, resave, rolling, saveUninitialized, unset, proxy, hasGenid } = call
  const text = (value: boolean | undefined) => (value === undefined ? undefined : String(value))
  const isEmpty = typeof cookie === 'object' && Object.keys(cookie).length === 0
  return [
    ['cookie', isEmpty ? undefined : typeof cookie === 'string' ? cookie : (textOf(cookie) ?? '')],
    ['genid', hasGenid ? 'function' : undefined],
    ['proxy', text(proxy)],
    ['resave', text(resave)],
    ['rolling', text(rolling)],
    ['saveUninitialized', text(saveUninitialized)],
    ['unset', unset],
  ]
}

/** What the session() calls that an exchange went through were given, folded away; nothing where that is not known. */
export function givenHtml(calls: readonly SessionCall[], print: Printer): Html | false {
  const words = givenWords[print.language]
  return (
    calls.length > 0 &&
    html`<details id="inspector-given"><summary>${words.given}${calls.length > 1 && html` <span class="number">${calls.length}</span>`}</summary>
    ${calls.map((call) => callHtml(call, print))}
  </details>`
  )
}

function callHtml(call: SessionCall, { language, say, cut }: Printer): Html {
  const words = givenWords[language]
  const { name, storeName, where, version, trustProxy } = call
  const option = ([key, value]: Option) =>
    html`<dt><code>${key}</code></dt><dd>${value === undefined ? say(defaultWords[key]) : html`<code>${cut(value, 500)}</code>`}</dd>`
  return html`<p class="fine">${where !== undefined && html`<code>${where}</code> · `}express-session ${version ?? words.notKnown}</p>
    <dl class="attributes">
    <dt><code>name</code></dt><dd><code>${cut(name, 200)}</code></dd>
    <dt><code>store</code></dt><dd>${storeName === '' ? words.notKnown : html`<code>${cut(storeName, 200)}</code>`}</dd>
    ${optionsOf(call).map(option)}
    <dt><code>trust proxy</code></dt><dd>${trustProxy === undefined ? words.noTrust : html`<code>${cut(trustProxy, 200)}</code> <span class="fine">${words.ofApp}</span>`}</dd>
    </dl>`
}
