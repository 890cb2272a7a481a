import type { SessionCall, StoreCall } from '../exchange.ts'
import { type Html, html } from '../html.ts'
import { type CookieValue, isIgnored } from '../model/cookie-value.ts'
import { type Change, changesIn } from '../model/diff.ts'
import { hasFailed } from '../model/row-events.ts'
import { reachedCalls } from '../model/sessions.ts'
import type { Attribute, AttributeKey, SetCookie } from '../model/set-cookie.ts'
import type { Step } from '../model/step.ts'
import { debugLineOf } from '../model/why.ts'
import { absentWords, attributeWords } from '../words/attributes.ts'
import { lineWords } from '../words/lines.ts'
import { refusalWords, signatureWords } from '../words/states.ts'
import { whyWords } from '../words/why.ts'
import { givenHtml } from './given.ts'
import { type Printer, token } from './print.ts'

/** An attribute that a `Set-Cookie` line has, or one whose absence means something. */
export type Remark = { has: Attribute } | { lacks: keyof typeof absentWords }

/** What there is to say of a `Set-Cookie` line: of each attribute, in their order, and of those that are not there. */
export function remarksOn({ attributes }: Pick<SetCookie, 'attributes'>): Remark[] {
  const keys = new Set<AttributeKey>(attributes.map(({ key }) => key))
  const absent = (['expires', 'domain', 'samesite', 'httponly'] as const).filter(
    (key) => !keys.has(key) && !(key === 'expires' && keys.has('max-age')),
  )
  return [...attributes.map((has) => ({ has })), ...absent.map((lacks) => ({ lacks }))]
}

/** All that is known of one exchange. `calls`: those of session(), as far as they were seen. */
export function detailsHtml(step: Step, print: Printer, calls: readonly SessionCall[] = []): Html {
  const { words, cut } = print
  const { exchange } = step
  const { id, method, url, location, at, duration } = exchange
  const where = location !== null && location !== '' && html` <code>Location: ${cut(location, 300)}</code>`
  const others = step.setCookies.filter((cookie) => cookie !== step.sessionSet)
  return html`<section class="details" aria-labelledby="details-heading" id="inspector-details">
  <details id="inspector-details-fold" open data-folds>
  <summary><h3 id="details-heading">${words.details} <span class="number">${id}</span></h3></summary>
  <p class="request"><code>${method} ${cut(url, 300)}</code> → <strong>${print.status(step)}</strong>${print.ending(exchange)}${where} <span class="fine">${print.clock(at)} · ${(duration ?? 0).toFixed(1)} ${words.unit} · ${print.client(step.client)}</span>${print.processes(exchange, ' ')}</p>

  <h4>${words.sent}</h4>
  ${step.sent.length === 0 && html`<p>${words.notSent}</p>`}
  ${step.sent.map((value) => sentHtml(value, step.session.name, print))}

  ${exchange.sessions.length > 1 && html`<p class="fine">${words.severalSessions(exchange.sessions.length)}</p>`}

  <h4>${words.calls}</h4>
  ${exchange.calls.length === 0 ? html`<p>${words.noCalls}</p>` : callsHtml(exchange.calls, print)}

  <h4>${words.diff}</h4>
  ${diffHtml(step, print)}
  ${setHtml(step, print)}
  ${others.map(({ line }) => html`<p class="line fine"><code>Set-Cookie: ${cut(line, 300)}</code></p>`)}

  ${linesHtml(step, print)}
  ${givenHtml(reachedCalls(exchange, calls), print)}
  </details>
</section>`
}

function sentHtml(value: CookieValue, cookieName: string | null, print: Printer): Html {
  const { words, say, cut } = print
  const { state } = value
  const sid = cut(value.sid, 200)
  const parts =
    state === 'unsigned'
      ? html`<code class="part">${sid}</code>`
      : html`<code class="part part-mark" title="${words.partPrefix}">s:</code><code class="part part-sid" title="${words.partSid}">${sid}</code><code class="part">.</code><code class="part part-signature${state === 'wrong' && ' bad'}" title="${words.partSignature}">${cut(value.signature, 200)}</code>`
  return html`<p class="taken-apart"><code>${cookieName}=</code>${parts}<br>
    ${token(print.nameOf(value))} <span class="${isIgnored(value) ? 'bad' : 'fine'}">${say(signatureWords[state])}</span></p>`
}

const callsHtml = (
  calls: readonly StoreCall[],
  print: Printer,
): Html => html`<div class="scroll" tabindex="0" role="group" aria-label="${print.words.calls}"><table class="calls">
    <thead><tr><th scope="col">${print.words.method}</th><th scope="col">sid</th><th scope="col">${print.words.result}</th><th scope="col">${print.words.duration}</th></tr></thead>
    <tbody>${calls.map(
      (call) =>
        html`<tr><td><code>${call.method}</code></td><td>${token(print.name(call.sid))}</td><td class="${hasFailed(call) && 'bad'}">${resultOf(call, print)}</td><td>${call.duration !== null && `${call.duration.toFixed(1)} ${print.words.unit}`}</td></tr>`,
    )}</tbody>
  </table></div>`

function resultOf({ method, data, duration, error, errorCode }: StoreCall, { words, cut }: Printer): string {
  if (method === 'get' && errorCode === 'ENOENT') return `${words.missing} (${cut(error ?? errorCode, 200)})`
  if (error !== null) return `${words.failed}: ${cut(error, 200)}`
  if (duration === null) return words.pending
  if (method !== 'get') return words.done
  return data === null ? words.missing : words.found
}

function diffHtml({ exchange }: Step, { words, cut }: Printer): Html {
  const { changes, more, isRough } = changesIn(exchange)
  const side = (tag: 'del' | 'ins', text: string) =>
    text && (tag === 'del' ? html`<del>${cut(text, 200)}</del>` : html`<ins>${cut(text, 200)}</ins>`)
  const change = ({ kind, path, before, after }: Change) =>
    html`<li class="change-${kind}"><span class="mark">${words[kind]}</span> ${path && html`<code>${cut(path, 200)}</code>: `}${side('del', before)}${before && after && ' → '}${side('ins', after)}</li>`
  return html`${changes.length === 0 ? html`<p>${words.noDiff}</p>` : html`<ul class="changes">${changes.map(change)}</ul>`}
  ${more > 0 && html`<p class="fine">${words.moreChanges(more)}</p>`}
  ${isRough && html`<p class="fine">${words.rough}</p>`}`
}

/** The `Set-Cookie` of the session and what it means, or why there is none. */
function setHtml({ exchange, sessionSet, why, jar }: Step, print: Printer): Html {
  const { words, say, cut, explain } = print
  if (!sessionSet)
    return html`<h4>${words.whyNone}</h4>
  <p>${why && explain(whyWords[why])}</p>`
  const refusals = jar.refused
    .filter(({ setBy }) => setBy === exchange.id)
    .map(({ reason }) => say(refusalWords[reason]))
  const remark = (one: Remark) =>
    'has' in one
      ? html`<dt><code>${cut(one.has.text, 200)}</code></dt><dd>${explain(attributeWords[one.has.key])}</dd>`
      : html`<dt><span aria-hidden="true">∅</span></dt><dd>${explain(absentWords[one.lacks])}</dd>`
  return html`<h4>${words.attributes}</h4>
  <p class="line"><code>${cut(sessionSet.line, 1000)}</code></p>
  ${refusals.length > 0 && html`<p class="bad">${words.refusedWhy}: ${refusals.join(' ')}</p>`}
  <dl class="attributes">${remarksOn(sessionSet).map(remark)}</dl>`
}

function linesHtml({ exchange, why }: Step, { words, cut, explain }: Printer): Html {
  const lines = exchange.debug
  const explained = (line: string) => {
    const known = debugLineOf(line)
    return html`<li><code>${cut(line, 400)}</code><br>${known ? explain(lineWords[known]) : `${words.unknownLine} `}</li>`
  }
  return html`<details id="inspector-lines"><summary>${words.lines} <span class="number">${lines.length}</span></summary>
    ${lines.length === 0 && html`<p>${why === 'before-session' ? words.noLines : words.linesUnrecorded}</p>`}
    <ol class="lines">${lines.map(explained)}</ol>
  </details>`
}
