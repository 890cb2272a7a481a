import { type Html, html } from '../html.ts'
import { isIgnored } from '../model/cookie-value.ts'
import type { CookieLook } from '../model/look.ts'
import { isThere } from '../model/states.ts'
import { browserReasonWords } from '../words/browser-reasons.ts'
import { cookieStateWords, refusalWords, signatureWords } from '../words/states.ts'
import { endOfCookie } from './pair.ts'
import { type Printer, token } from './print.ts'

/** The browser's cookie; for what the inspector sent itself, that cookie. */
export function jarHtml(cookie: CookieLook, isOurs: boolean, print: Printer): Html {
  const { words, say } = print
  const { state, by, value, refused, blocked } = cookie
  const isHeld = isThere(state)
  const name = token(print.nameOf(value))
  const text = say(cookieStateWords[state])
  const end = endOfCookie(cookie)
  const [source, note] = isOurs
    ? [words.byInspector, words.sentByInspector]
    : by === 'inferred'
      ? [words.inferred, words.inferredNote]
      : [by === 'browser' ? words.measuredByBrowser : words.measured, words.measuredNote]
  /** In plain words and in the browser's own: its own name is what one can search for. */
  const reasons = (given: readonly string[]) =>
    given
      .map((reason) => {
        const plain = browserReasonWords[reason]
        return plain ? `${say(plain)} (${reason})` : reason
      })
      .join(' · ')
  return html`<section class="column${!isHeld && ' is-absent'}" aria-labelledby="column-jar" id="inspector-jar" data-state="${state}" data-by="${by}">
    <h3 id="column-jar">${words.jar}</h3>
    <p class="state">${isHeld && html`${name} `}<strong>${text}</strong> <abbr class="mark" title="${note}">${source}</abbr></p>
    ${isOurs && html`<p class="fine">${words.sentByInspector}</p>`}
    ${end !== null && print.countdown(end, 'cookie')}
    ${!isHeld && name && html`<p class="ghost">${name} <span class="fine">${state === 'none' ? words.sentBefore : text}</span></p>`}
    ${cookie.isGone && html`<p class="fine">${words.gone}</p>`}
    ${
      blocked.refusal.length > 0
        ? html`<p class="fine">${words.refusedByBrowser}: ${reasons(blocked.refusal)}</p>`
        : refused && html`<p class="fine">${words.refusedWhy}: ${say(refusalWords[refused.reason])}</p>`
    }
    ${blocked.request && html`<p class="fine">${words.withheldByBrowser} <code>${blocked.request.url}</code>: ${reasons(blocked.request.reasons)}</p>`}
    ${isHeld && held(cookie, print)}
  </section>`
}

function held({ name, value, attributes }: CookieLook, { words, say }: Printer): Html {
  const parts = attributes && [
    `Path=${attributes.path}`,
    ...(attributes.httpOnly ? ['HttpOnly'] : []),
    ...(attributes.secure ? ['Secure'] : []),
    ...(attributes.sameSite ? [`SameSite=${attributes.sameSite}`] : []),
    attributes.hostOnly ? words.hostOnly : `Domain=${attributes.domain}`,
  ]
  return html`<dl>
      <dt>${words.name}</dt><dd><code>${name}</code></dd>
      ${value && isIgnored(value) && html`<dt>${words.partSignature}</dt><dd class="bad">${say(signatureWords[value.state])}</dd>`}
      ${
        parts &&
        html`<dt>${words.attributesInferred}</dt>
      <dd><code class="small">${parts.join(' · ')}</code></dd>`
      }
    </dl>`
}
