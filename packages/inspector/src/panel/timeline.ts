import { type Html, html } from '../html.ts'
import type { Client } from '../model/client.ts'
import type { Focus, Source } from '../model/focus.ts'
import { type CookieLook, lookAtCookie } from '../model/look.ts'
import type { Moment } from '../model/moments.ts'
import type { RowLook } from '../model/row-events.ts'
import { isThere } from '../model/states.ts'
import { passedWords } from '../words/passed.ts'
import { cookieStateWords, rowStateWords } from '../words/states.ts'
import { endIcon, outsideIcon, passedIcon, shapeIcon } from './icons.ts'
import { glyph, type Printer, token } from './print.ts'

/** One column: a moment, and what each browser and the store had then. */
export interface Column {
  moment: Moment
  /** Whole seconds since the column before. */
  gap: number
  /** The cookie of each lane's browser. */
  cookies: CookieLook[]
  /** The row of the sid that the moment is about; null when it is about none. */
  row: RowLook | null
}

export interface Timeline {
  /** The browsers that have a lane. */
  lanes: Client[]
  columns: Column[]
  /** How many moments are not shown, before these and after them. */
  older: number
  newer: number
}

/** Of all moments those that are shown: the newest ones, or those around the chosen one, which is always among them. */
export function timelineWindow<T extends { id: string }>(
  moments: readonly T[],
  chosen: string | null,
  width = 36,
): readonly T[] {
  const index = moments.findIndex(({ id }) => id === chosen)
  const end = index < 0 ? moments.length : Math.max(index + width / 2, width)
  return moments.slice(Math.max(0, Math.min(end, moments.length) - width), end)
}

/** The timeline that a focus lies on. */
export function timelineOf(
  { story, since = 0 }: Pick<Source, 'story' | 'since'>,
  { moments, chosen, client }: Focus,
): Timeline {
  // a new chapter begins with an empty timeline; whoever looks at an earlier moment sees what was around it
  const isEarlier = chosen !== null && chosen.at < since
  const shown = timelineWindow(
    isEarlier ? moments : moments.filter(({ at }) => at >= since),
    chosen?.id ?? null,
  )
  const senders = new Set(shown.map((moment) => moment.client))
  const lanes = story
    .clients()
    .filter((one) => !one.isInspector && (one.key === client?.key || senders.has(one.key)))
  const columns = shown.map((moment, index) => ({
    moment,
    gap: Math.round((moment.at - (shown[index - 1]?.at ?? moment.at)) / 1000),
    cookies: lanes.map(({ key }) =>
      lookAtCookie(story, {
        client: key,
        server: moment.server,
        session: moment.step.session,
        moment: moment.at,
      }),
    ),
    row: moment.sid === null ? null : story.rows.at(moment.shelf, moment.sid, moment.at),
  }))
  const first = moments.findIndex(({ id }) => id === shown[0]?.id)
  const older = shown.length === 0 ? moments.length : first
  return { lanes, columns, older, newer: moments.length - older - shown.length }
}

const mostCalls = 6

export function timelineHtml(
  { lanes, columns, older, newer }: Timeline,
  { chosen, step }: Focus,
  print: Printer,
): Html {
  const { words } = print
  const classOf = ({ moment }: Column, ...more: (string | false)[]) =>
    [...more, moment.id === chosen?.id && 'is-chosen'].filter((name) => name !== false).join(' ')
  const eventOf = ({ moment }: Column) => moment.kind !== 'exchange' && 'event'

  const stop = columns.find(({ moment }) => moment.id === chosen?.id) ?? columns.at(-1)
  const head = (column: Column) => {
    const { id, at, kind, step: own } = column.moment
    const isStop = column === stop // one for the tab key, the arrows go on from there
    const current = html`${id === chosen?.id && html` aria-current="step"`}${!isStop && html` tabindex="-1"`}`
    const label =
      kind !== 'exchange' &&
      html` aria-label="${endWord(column.moment, print)}${kind !== 'passed' && ` (${kind === 'outside' ? id.slice(0, -1) : print.number(own)})`} ${print.clock(at)}"`
    return html`<th scope="col" class="${classOf(column, eventOf(column))}"><a href="${print.link({ at: id })}" id="moment-${id}" data-moment${current}${label}>${kind === 'exchange' ? print.number(own) : icons[kind]}</a></th>`
  }
  const browserLane = (client: Client, lane: number) => {
    const title = lanes.length > 1 && html` <span title="${print.client(client)}">${client.letter}</span>`
    const cells = columns.map((column, index) => {
      const cookie = column.cookies[lane]
      return (
        cookie &&
        cookieCell(cookie, columns[index - 1]?.cookies[lane], (name) => classOf(column, name), print)
      )
    })
    return html`<tr class="lane-browser"><th scope="row">${words.laneBrowser}${title}</th>${cells}</tr>`
  }
  const process = step?.exchange.processes?.[0]
  return html`<section class="time" aria-labelledby="time-heading">
  <h3 id="time-heading">${words.timeline}</h3>
  <p class="fine">${words.timelineNote}${older > 0 && html` ${words.olderMoments(older)}`}${newer > 0 && html` ${words.newerMoments(newer)}`}</p>
  <div class="timeline" id="inspector-timeline" role="group" aria-labelledby="time-heading">
    <table>
      <thead><tr><td></td>${columns.map(head)}</tr></thead>
      <tbody>
        ${lanes.map(browserLane)}
        <tr class="lane-server"><th scope="row">${words.laneServer}</th>${columns.map(
          (column) =>
            html`<td class="${classOf(column, eventOf(column))}">${serverCell(column.moment, print)}</td>`,
        )}</tr>
        <tr class="lane-store"><th scope="row">${words.laneStore}</th>${columns.map((column, index) =>
          storeCell(column, columns[index - 1], (name) => classOf(column, name), print),
        )}</tr>
        <tr class="lane-clock"><td></td>${columns.map(
          ({ moment, gap }) =>
            html`<td><span class="quiet">${print.clock(moment.at)}${gap >= 2 && html` <span class="gap">+${gap}s</span>`}</span></td>`,
        )}</tr>
      </tbody>
    </table>
  </div>
  <details class="legend" id="inspector-legend"><summary>${words.legend}</summary>
    <ul>
      <li><span class="sid sid-1">${shapeIcon(1)} #1</span> ${words.legendSid}</li>
      <li><span class="swatch strip strip-1"></span> ${words.legendSolid}</li>
      <li><span class="swatch faded"></span> ${words.legendGhost}</li>
      <li>${endIcon} ${words.cookieEnds} · ${words.rowEnds}</li>
      <li>${outsideIcon} ${words.outside}</li>
      ${columns.some(({ moment }) => moment.kind === 'passed') && html`<li>${passedIcon} ${words.passed}</li>`}
      <li>${words.legendCalls}</li>
      ${
        process &&
        html`<li><span class="process">${words.process(process.slot, process.pid)}</span> ${words.processNote} · <span class="process is-ended">${words.process(process.slot, process.pid)}</span> ${words.processEnded}</li>`
      }
    </ul>
  </details>
</section>`
}

const icons = {
  ...{ 'cookie-ends': endIcon, 'row-ends': endIcon },
  ...{ outside: outsideIcon, passed: passedIcon },
}

/** What a moment is that is no exchange. */
export function endWord({ kind, count = 0 }: Moment, { words, language }: Printer): string {
  if (kind === 'passed') return passedWords[language].short(count)
  return kind === 'outside' ? words.outside : kind === 'cookie-ends' ? words.cookieEnds : words.rowEnds
}

function cookieCell(
  cookie: CookieLook,
  before: CookieLook | undefined,
  classOf: (name: string) => string,
  print: Printer,
): Html {
  const name = print.nameOf(cookie.value)
  const isHeld = isThere(cookie.state)
  const isSame =
    before !== undefined &&
    before.state === cookie.state &&
    print.nameOf(before.value)?.number === name?.number
  const text = print.say(cookieStateWords[cookie.state])
  const isBad = cookie.state === 'wrong' || cookie.state === 'doubled'
  const content = isHeld
    ? html`${isSame ? glyph(name) : token(name)}${isBad && html` <span class="bad">${text}</span>`}`
    : isSame
      ? html`<span class="hidden">${text}</span>`
      : cookie.state === 'none'
        ? html`<span class="quiet">—<span class="hidden">${text}</span></span>`
        : html`<span class="quiet">${text}</span>`
  return html`<td class="${classOf(!name ? '' : isHeld ? `strip strip-${name.tone}` : 'faded')}">${content}</td>`
}

function serverCell(moment: Moment, print: Printer): Html {
  const { kind, step } = moment
  const { words, severalServers, cut } = print
  const { method, url, server } = step.exchange
  if (kind !== 'exchange') return html`<span class="quiet">${endWord(moment, print)}</span>`
  return html`<code>${method} ${cut(url, 40)}</code> <span class="quiet">${print.status(step)}</span>${print.ending(step.exchange)}${step.sessionSet && html` <span class="sets">Set-Cookie</span>`}${step.client.isInspector && html` <em class="mark">${words.byInspector}</em>`}${severalServers && html` <span class="quiet">${print.server(server)}</span>`}${print.processes(step.exchange, html`<br>`)}`
}

function storeCell(
  { moment, row }: Column,
  before: Column | undefined,
  classOf: (name: string) => string,
  print: Printer,
): Html {
  const name = row && print.name(moment.sid ?? '')
  const isSame =
    row?.state === 'present' && before?.row?.state === 'present' && before.moment.sid === moment.sid
  const state =
    row && row.state !== 'present' && html` <span class="quiet">${print.say(rowStateWords[row.state])}</span>`
  const shown = name && html`${isSame ? glyph(name) : token(name)}${state} `
  const calls = moment.calls.slice(0, mostCalls)
  return html`<td class="${classOf(!name ? '' : row?.state === 'present' ? `strip strip-${name.tone}` : 'faded')}">${shown}${calls.map(
    ({ method, error }) =>
      html`<span class="call call-${method}${error !== null && ' bad'}">${method}</span> `,
  )}</td>`
}
