import { type Html, html } from '../html.ts'
import { actionOf } from '../model/action.ts'
import { isIgnored } from '../model/cookie-value.ts'
import { isForeignScript } from '../model/origin.ts'
import type { Step } from '../model/step.ts'
import { signatureWords } from '../words/states.ts'
import { whyWords } from '../words/why.ts'
import { openHtml } from './open.ts'
import { type PanelData, type Printer, token } from './print.ts'

/** All that one action took: each request with its answer; of several, those are open that changed the cookie. */
export function wireHtml(step: Step, data: PanelData, print: Printer): Html {
  const { source } = data
  const { words } = print
  if (isOfEarlierChapter(step, data)) {
    return html`<section class="column" aria-labelledby="column-wire" id="inspector-wire">
    <h3 id="column-wire">${words.wire}</h3>
    <p class="waiting">${words.newChapter}</p>
    ${openHtml(source.exchanges, print)}
  </section>`
  }
  const { exchange, sent } = step
  const action = actionOf(source.story.steps(), step, source.story.hasPassed)
  const setting = action.filter(({ sessionSet }) => sessionSet)
  const isOpen = (one: Step) => (setting.length > 0 ? setting.includes(one) : one === step)
  return html`<section class="column" aria-labelledby="column-wire" id="inspector-wire">
    <h3 id="column-wire">${words.wire}</h3>
    ${action.map((one) =>
      action.length === 1
        ? html`<p class="request"><a href="#inspector-details">${requestLine(one, print)}</a>${requestEnd(one, print)}</p>${answerHtml(one, print)}`
        : html`<details class="request" id="inspector-wire-${one.exchange.id}"${isOpen(one) && html` open`}><summary>${requestLine(one, print)}${requestEnd(one, print)}</summary>${answerHtml(one, print)}</details>`,
    )}
    ${action.length > 1 && html`<p class="fine"><a href="#inspector-details">${words.details}</a></p>`}
    ${isForeignScript(exchange) && html`<p class="fine" id="inspector-origin">${words.fromScript(exchange.origin === null ? '' : ` (${exchange.origin})`)}${sent.length === 0 && html` ${words.withoutCredentials}`}</p>`}
    ${print.isLive && openHtml(source.exchanges, print)}
  </section>`
}

/** Whether it was before all was started over, and is not what somebody chose to look at. */
export const isOfEarlierChapter = (
  { end }: Pick<Step, 'end'>,
  { source: { since = 0 }, focus: { chosen } }: Pick<PanelData, 'source' | 'focus'>,
): boolean => chosen === null && end < since

const requestLine = (step: Step, { cut, number }: Printer): Html =>
  html`<span class="number">${number(step)}</span> <code>${step.exchange.method} ${cut(step.exchange.url, 300)}</code>`

const requestEnd = (step: Step, print: Printer): Html =>
  html` → <strong>${print.status(step)}</strong>${print.ending(step.exchange)}${step.client.isInspector && html` <em class="mark">${print.words.byInspector}</em>`}${print.processes(step.exchange, html`<br>`)}`

/** What was sent, and what was set. */
function answerHtml({ sent, sessionSet, sid, why }: Step, print: Printer): Html {
  const { words, say } = print
  const [first] = sent
  const bad =
    first && isIgnored(first) && html`<strong class="bad">${say(signatureWords[first.state])}</strong>`
  const others = sent.length > 1 && html` <strong class="bad">${words.otherSent(sent.length - 1)}</strong>`
  const attributes = sessionSet?.attributes.map(({ text }) => text).join('; ')
  const answer = sessionSet
    ? html`${token(print.name(sid ?? ''))} <code class="small">${attributes}</code>`
    : html`${words.noSetCookie}${why && html` <span class="fine">${say(whyWords[why].words)}</span>`}`
  return html`<dl>
      <dt>${words.sent}</dt>
      <dd>${first ? html`${token(print.nameOf(first))} ${bad}${others}` : words.notSent}</dd>
      <dt>${words.setCookie}</dt>
      <dd>${answer}</dd>
    </dl>`
}
