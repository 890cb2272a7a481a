import type { LabPage } from '../diagnose/diagnosis.ts'
import type { Standing } from '../diagnose/lookout.ts'
import type { Exchange } from '../exchange.ts'
import { type Html, html } from '../html.ts'
import type { Client } from '../model/client.ts'
import type { CookieValue } from '../model/cookie-value.ts'
import { type Focus, runningProcesses, type Source } from '../model/focus.ts'
import { lifetimeOf } from '../model/lifetime.ts'
import type { Look } from '../model/look.ts'
import type { SidName } from '../model/names.ts'
import type { Step } from '../model/step.ts'
import { panelWords } from '../words/panel.ts'
import type { Explained, Language, Words } from '../words/words.ts'
import { shapeIcon } from './icons.ts'
import { type PanelQuery, searchOf } from './query.ts'

/** All that the panel is made of. */
export interface PanelData {
  source: Source
  query: PanelQuery
  focus: Focus
  look: Look | null
  /** What was found; left out where nothing was looked for. */
  findings?: readonly Standing[]
  /** Where a page of the lab is. Given beside a demo, whose findings are on purpose. */
  labUrl?: (lab: LabPage) => string | undefined
  /** Where the evidence for a documented statement is; none where nobody has it. */
  statementUrl?: (id: string) => string | undefined
  /** What a server is called, where that says more than the name by which it is watched. */
  serverName?: (server: string) => string
  /** How many exchanges the record keeps at most. */
  limit: number
  /** Whether there is a signed cookie to send with another signature. */
  canTamper: boolean
}

const longestInSeconds = 120 // as in inspector.js

const clockFormat = { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false } as const
const clocks: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  ja: new Intl.DateTimeFormat('ja', clockFormat),
  en: new Intl.DateTimeFormat('en', clockFormat),
}

/** Puts values in the place of `{name}`; what is not given stays. The browser does the same (inspector.js). */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole))

export type Printer = ReturnType<typeof createPrinter>

/* As in assets/inspector.js. */
const late = 0.2 // seconds
const urgent = 3 // seconds

/** How things look in the panel, whatever part they stand in: the language, the names, the moment are set. */
export function createPrinter({ source, query, focus, look, statementUrl, serverName }: PanelData) {
  const { language } = query
  const { story, now } = source
  const words = panelWords[language]
  const moment = focus.place?.moment ?? now
  const isTicking = !focus.chosen && !query.isImported
  const running = new Set(runningProcesses(source))
  const isNumbered = story.steps().some(({ number }) => number !== null)

  const say = (text: Words): string => text[language]
  function statement(id: string | undefined) {
    const url = id && statementUrl?.(id)
    const name = url ? html`<a href="${url}"><code>${id}</code></a>` : html`<code>${id}</code>`
    return id && html`<span class="statement">${words.statement}: ${name}</span>`
  }

  const scale = lifetimeOf(look, moment)
  // a clock is read a little late: what was given 10 s never has 11
  const secondsLeft = (expires: number) => Math.max(0, Math.ceil((expires - moment) / 1000 - late))
  function leftText(seconds: number): string {
    if (seconds === 0) return words.over
    if (seconds <= longestInSeconds) return fill(words.seconds, { count: seconds })
    if (seconds < 2 * 3600) return words.minutes(Math.round(seconds / 60))
    return seconds < 2 * 86_400
      ? words.hours(Math.round(seconds / 3600))
      : words.days(Math.round(seconds / 86_400))
  }
  /** The time left, which the browser counts down. `announced` is who is announced when it is nearly over. */
  function left(expires: number, announced?: 'cookie' | 'row'): Html {
    const ticking =
      isTicking && html` data-expires="${expires}"${announced && html` data-announce="${announced}"`}`
    return html`<span class="left"${ticking}>${leftText(secondsLeft(expires))}</span>`
  }

  /** The processes that were given an exchange, in their order, after `start`; nothing where there is but one. */
  function processes({ processes: given = [] }: Exchange, start: Html | string = ''): Html | false {
    const all = given.map(({ slot, pid }, index) => {
      const hasEnded = source.isRunning !== undefined && !running.has(pid)
      const ended = hasEnded && html`<span class="hidden"> ${words.processEnded}</span>`
      const failed = index < given.length - 1 && html` <span class="bad">${words.processFailed}</span> →`
      const title = hasEnded && html` title="${words.processEnded}"`
      return html`${index > 0 && ' '}<span class="process${hasEnded && ' is-ended'}"${title}>${words.process(slot, pid)}${ended}</span>${failed}`
    })
    return all.length > 0 && html`${start}${all}`
  }

  return {
    language,
    words,
    isLive: !focus.chosen,
    severalServers: new Set(story.steps().map(({ exchange }) => exchange.server)).size > 1,
    server: (name: string): string => serverName?.(name) ?? name,
    say,
    statement,
    explain: ({ words: text, statement: id }: Explained) => html`${say(text)} ${statement(id)}`,
    cut: (text: string, most: number) =>
      text.length > most ? `${text.slice(0, most)}${words.cut(text.length - most)}` : text,
    clock: (at: number) => clocks[language].format(at),
    link: (changes: Partial<PanelQuery>) => `${searchOf({ ...query, ...changes })}#inspector`,
    name: (sid: string): SidName => story.names.of(sid),
    nameOf: (value: CookieValue | null | undefined): SidName | null =>
      value && value.state !== 'unsigned' ? story.names.of(value.sid) : null,
    client: (client: Client) =>
      client.isInspector ? words.byInspector : `${client.letter} · ${client.host} · ${client.browser}`,
    /** How the response ended, where it did not end well. */
    ending({ end, status }: Exchange): Html | false {
      const text = status === null ? words.neverAnswered : words.cutOff
      return end === 'cut' && html` <span class="bad">${text}</span>`
    },
    /** What a step is called: those that have nothing to do with the session have no number beside those that have. */
    number: ({ number, exchange }: Step): string => String(number ?? (isNumbered ? '–' : exchange.id)),
    status: ({ exchange }: Step) => exchange.status ?? '—',
    left,
    /** What both countdowns are drawn against, in seconds. */
    scale,
    countdown: (expires: number, announced: 'cookie' | 'row') => {
      const seconds = secondsLeft(expires)
      const width = Math.min(100, Math.round((seconds / scale) * 100))
      return html`<p class="countdown${isTicking && expires - moment < urgent * 1000 && ' is-urgent'}">${left(expires, announced)}
      <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-left" height="4" width="${width}"${isTicking && html` data-expires="${expires}"`}></rect></svg></p>`
    },
    processes,
  }
}

/** A sid as it is shown everywhere: shape, number and first letters, in its colour. */
export const token = (name: SidName | null) =>
  name && html`<span class="sid sid-${name.tone}">${shapeIcon(name.tone)} ${name.label}</span>`

/** A sid where it goes on from the column before. */
export const glyph = (name: SidName | null) =>
  name &&
  html`<span class="glyph sid-${name.tone}">${shapeIcon(name.tone)}<span class="hidden">${name.label}</span></span>`
