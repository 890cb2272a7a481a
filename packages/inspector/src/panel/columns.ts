import { longestData } from '../exchange.ts'
import { type Html, html } from '../html.ts'
import { actionOf } from '../model/action.ts'
import { isIgnored } from '../model/cookie-value.ts'
import { readableData } from '../model/diff.ts'
import { knownRows, type RowPlace } from '../model/focus.ts'
import { type CookieLook, type Look, lookAtCookie, type Place } from '../model/look.ts'
import { isForeignScript } from '../model/origin.ts'
import { outcomesOf } from '../model/processes.ts'
import type { RowLook } from '../model/row-events.ts'
import type { Rows } from '../model/rows.ts'
import { shelfOf } from '../model/sessions.ts'
import { isAbsent, isThere } from '../model/states.ts'
import type { Step, Story } from '../model/story.ts'
import { browserReasonWords } from '../words/browser-reasons.ts'
import { whyWords } from '../words/lines.ts'
import { unknownRowWords, verdictOf } from '../words/outlook.ts'
import {
  cookieStateWords,
  outcomeWords,
  refusalWords,
  rowStateWords,
  signatureWords,
} from '../words/states.ts'
import { openHtml } from './open.ts'
import { fill, type PanelData, type Printer, token } from './print.ts'

const ghostFor = 60_000 // ms that a removed row stays to be seen
const longestShown = 600 // characters of session data

/** What is known of one cookie and its row, at one moment. */
export interface Pair {
  place: Place
  step: Step
  look: Look
}

/** Cookie and row in a line, and what the pair means. */
export function pairHtml({ place, look }: Pair, { source }: PanelData, print: Printer): Html {
  const { words, say, nameOf } = print
  const { cookie, row } = look
  const outcomes = outcomesOf(source.story, place)
  const isDivided = new Set(outcomes.map(({ outcome }) => outcome)).size > 1
  const [cookieEnd, rowEnd] = [endOfCookie(cookie), endOfRow(row)]
  return html`<p class="status" id="inspector-status">
  <span class="status-part"><span class="status-word">${words.cookie}</span> ${token(nameOf(cookie.value))} <strong>${say(cookieStateWords[cookie.state])}</strong>${cookieEnd !== null && html` ${print.left(cookieEnd)}`}</span>
  <span class="status-part"><span class="status-word">${words.rowWord}</span> ${token(rowName(look, print))} <strong>${say(rowStateWords[row.state])}</strong>${rowEnd !== null && html` ${print.left(rowEnd)}`}</span>
</p>
<p class="verdict" id="inspector-verdict" data-pair="${cookie.state} × ${row.state}">${verdict(look, print)}</p>
${
  isDivided &&
  html`<div class="notice" id="inspector-divided"><p>${words.divided}</p><ul class="changes">${outcomes.map(
    (one) => html`<li>${words.process(one.slot, one.pid)}: ${say(outcomeWords[one.outcome])}</li>`,
  )}</ul></div>`
}`
}

function verdict({ cookie, row, forgotten }: Look, { say, clock, cut }: Printer): string {
  const { failure } = row
  const text = verdictOf(cookie.state, row.state, { failure, isForgotten: forgotten !== null })
  return fill(say(text), {
    ...(failure && { error: cut(failure.error ?? '', 200) }),
    ...(forgotten && { since: clock(forgotten.since) }),
  })
}

/** The three columns: the exchange, the browser's cookie, the row. */
export const columnsHtml = (pair: Pair, data: PanelData, print: Printer): Html => html`<div class="columns">
${wire(pair.step, data, print)}
${jar(pair.look.cookie, print)}
${row(pair, data, print)}
</div>`

/** When the browser will drop a cookie that it has, in ms since the epoch; null where that is not known, or never. */
const endOfCookie = ({ state, expires }: CookieLook): number | null =>
  isThere(state) && state !== 'until-close' ? (expires ?? null) : null

const endOfRow = ({ state, expires }: RowLook): number | null =>
  state === 'present' ? (expires ?? null) : null

const rowName = ({ sid, cookie }: Look, { name }: Printer) =>
  sid === null || cookie.value?.state === 'unsigned' ? null : name(sid)

/** All that one action took: each request with its answer; of several, those are open that changed the cookie. */
function wire(step: Step, { source }: PanelData, print: Printer): Html {
  const { words } = print
  const { exchange, sent } = step
  const action = actionOf(source.story.steps(), step)
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

const requestLine = ({ exchange }: Step, { cut }: Printer): Html =>
  html`<span class="number">${exchange.id}</span> <code>${exchange.method} ${cut(exchange.url, 300)}</code>`

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

function jar(cookie: CookieLook, print: Printer): Html {
  const { words, say } = print
  const { state, by, value, refused, blocked } = cookie
  const isHeld = isThere(state)
  const name = token(print.nameOf(value))
  const text = say(cookieStateWords[state])
  const end = endOfCookie(cookie)
  const [source, note] =
    by === 'inferred'
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

function row(pair: Pair, { source }: PanelData, print: Printer): Html {
  const { words, say, isLive } = print
  const { place, look } = pair
  const { state, data, isSeen, failure } = look.row
  const name = token(rowName(look, print))
  const end = endOfRow(look.row)
  const [origin, note] = !isSeen
    ? [words.inferred, words.limitInferredRow]
    : state === 'unknown'
      ? ['—', say(unknownRowWords)]
      : isLive
        ? [words.measured, words.limitPeek]
        : [words.recorded, words.recordedNote]
  const shown = !isAbsent(state)
    ? data &&
      html`<dl><dt>${words.data}</dt><dd><code class="small">${dataText(data, print)}</code></dd></dl>`
    : name &&
      html`<p class="ghost is-gone">${name} <span class="fine">${look.row.goneAt === null ? words.noRow : goneText(look.row, print)}</span></p>`
  const others = otherRows(knownRows(source.story), source.story.rows, place, look.sid)
  const pointed = heldSids(source.story, place)
  return html`<section class="column${state !== 'present' && ' is-absent'}" aria-labelledby="column-row" id="inspector-row" data-state="${state}">
    <h3 id="column-row">${words.row}</h3>
    <p class="state">${!isAbsent(state) && html`${name} `}<strong>${say(rowStateWords[state])}</strong> <abbr class="mark" title="${note}">${origin}</abbr></p>
    ${end !== null && print.countdown(end, 'row')}
    ${failure && html`<p class="bad" id="inspector-failure"><code>${failure.method}</code> ${failure.error === null ? words.pending : `${words.failed}: ${print.cut(failure.error, 200)}`}</p>`}
    ${shown}
    ${
      others.length > 0 &&
      html`<details id="inspector-others" open>
      <summary>${words.rows} <span class="number">${others.length}</span></summary>
      <ul class="rows">${others.map((other) => otherRow(other, pointed.has(other.sid), print))}</ul>
    </details>`
    }
  </section>`
}

const goneText = ({ by }: RowLook, { words }: Printer) => (by === null ? words.goneUnseen : words.goneBy(by))

const dataText = (data: string, { words, cut }: Printer) =>
  data.length >= longestData
    ? `${data.slice(0, longestShown)}${words.cutInRecord}`
    : cut(readableData(data), longestShown)

/** A row that is not the one in question. */
export interface OtherRow extends RowPlace {
  row: RowLook
}

/** Of the known rows, those that are there at that moment or were removed shortly before; all but the one under `own`. */
export const otherRows = (
  known: readonly RowPlace[],
  rows: Pick<Rows, 'at'>,
  { server, session, moment }: Place,
  own: string | null,
): OtherRow[] =>
  known
    .filter(({ sid, shelf }) => sid !== own || shelf !== shelfOf(server, session.store))
    .map((place) => ({ ...place, row: rows.at(place.shelf, place.sid, moment) }))
    .filter(({ row }) => !isAbsent(row.state) || (row.goneAt !== null && moment - row.goneAt < ghostFor))

/** The sids of the session cookies that the browsers should have at that moment. */
function heldSids(story: Story, place: Place): Set<string> {
  const looks = story.clients().map(({ key }) => lookAtCookie(story, { ...place, client: key }))
  return new Set(looks.flatMap(({ state, value }) => (isThere(state) && value ? [value.sid] : [])))
}

function otherRow({ server, sid, row }: OtherRow, isPointedAt: boolean, print: Printer): Html {
  const { words, cut } = print
  const end = endOfRow(row)
  const isGone = isAbsent(row.state)
  const ghost = isGone ? 'ghost is-gone' : row.state === 'expired' && 'ghost'
  const orphan = !isPointedAt && html` · ${words.orphan}`
  const text = isGone
    ? goneText(row, print)
    : html`${print.say(rowStateWords[row.state])}${end !== null && html`, ${print.left(end)}`}${orphan}`
  const data =
    !isGone && row.data !== null && html` <code class="small">${cut(readableData(row.data), 80)}</code>`
  return html`<li class="${ghost}">${token(print.name(sid))}${print.severalServers && html` <span class="fine">${server}</span>`} <span class="fine">${text}</span>${data}</li>`
}
