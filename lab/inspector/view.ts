import type { Exchange, StoreCall } from './exchange.ts'
import { longestData } from './exchange.ts'
import { diffSessions, readableData } from './model/diff.ts'
import type { JarSource } from './model/jar-source.ts'
import { completeFromRow, type Look, lookAt, lookAtCookie } from './model/look.ts'
import { type Moment, momentsOf } from './model/moments.ts'
import { outcomesOf } from './model/processes.ts'
import type { Client, Step, Story } from './model/story.ts'
import { verdictOf } from './model/verdict.ts'
import { explainLine } from './model/why.ts'
import {
  absentWords,
  attributeWords,
  browserReasonWords,
  cookieStateWords,
  type Explained,
  type Language,
  outcomeWords,
  panelWords,
  refusalWords,
  rowStateWords,
  signatureWords,
  type Words,
  whyWords,
} from './words.ts'

/** What a reader asked the panel to show. */
export interface PanelQuery {
  language: Language
  /** A moment of the timeline; null for now. */
  at: string | null
  /** A client's letter; null for the one that asks. */
  client: string | null
  showsAll: boolean
  /** Length of the countdown bars in seconds, 10–100. */
  scale: number
  /** Whether the imported record is shown in place of the running demo's. */
  isImported: boolean
}

export const defaultScale = 30 // seconds
const columns = 36
const fewest = 12
const ghostFor = 60_000 // ms that a removed row stays to be seen
const longestInSeconds = 120 // as in inspector.js
const longestShown = 600 // characters of session data

const clockFormat = { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false } as const
const clocks: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  ja: new Intl.DateTimeFormat('ja', clockFormat),
  en: new Intl.DateTimeFormat('en', clockFormat),
}

export interface Source {
  story: Story
  exchanges: readonly Exchange[]
  secrets: readonly string[]
  jars: readonly JarSource[]
  /** Who asks; null where that says nothing (an imported record). */
  asker: string | null
  canPeek: boolean
  /** Whether this is one of the processes that serve the app; undefined where nobody knows. */
  isRunning: ((pid: number) => boolean) | undefined
  now: number
}

/** Chooses what the panel is about: the moment, and the client and server in question there. */
export function chooseFocus(query: PanelQuery, { story, asker, now }: Source) {
  const moments = momentsOf(story, now)
  const chosen = moments.find(({ id }) => id === query.at) ?? null
  const extra = chosen ? undefined : story.steps().find(({ exchange }) => String(exchange.id) === query.at)
  const clients = story.clients()
  const newest = moments.findLast(({ kind, step }) => kind === 'exchange' && !step.client.isInspector)
  const client =
    clients.find(({ key }) => key === (chosen?.client ?? extra?.client.key)) ??
    clients.find(({ letter }) => letter === query.client) ??
    clients.find(({ key }) => key === asker) ??
    newest?.step.client
  const latest = moments.findLast(({ kind, step }) => kind === 'exchange' && step.client === client)
  const step = chosen?.step ?? extra ?? latest?.step ?? null
  return {
    moments,
    chosen,
    client,
    clients,
    step,
    server: step?.exchange.server ?? 'app',
    extra: extra ?? null,
  }
}

export type Focus = ReturnType<typeof chooseFocus>

/** The sids whose rows are shown: the newest ones that the record knows, per server. */
export function knownSids(story: Story, most = 8): { server: string; sid: string }[] {
  const found = new Map<string, { server: string; sid: string }>()
  for (const { sid, sent, exchange } of [...story.steps()].reverse()) {
    const sids = [sid, ...exchange.calls.map((call) => call.sid), ...sent.map((value) => value.sid)]
    for (const one of sids) {
      if (one !== null && found.size < most)
        found.set(`${exchange.server}\n${one}`, { server: exchange.server, sid: one })
    }
    if (found.size >= most) break
  }
  return [...found.values()]
}

/** Of the processes that have answered, those that go on. */
export function runningProcesses({ story, isRunning }: Source): number[] {
  const pids = new Set(
    story.steps().flatMap(({ exchange }) => exchange.processes?.map(({ pid }) => pid) ?? []),
  )
  return [...pids].filter((pid) => isRunning?.(pid))
}

/** Cookie and row at the focus. */
export function lookAtFocus(source: Source, focus: Focus): Look | null {
  const { story, secrets, jars, now } = source
  const client = focus.client
  if (!client) return null
  const moment = focus.chosen?.at ?? focus.extra?.end ?? now
  const isLive = !focus.chosen && !focus.extra
  const look = lookAt(story, client.key, focus.server, moment, secrets, isLive ? jars : [])
  return { ...look, cookie: completeFromRow(look) }
}

/** Everything the template needs, in one language, ready to print. */
export function buildView(source: Source, query: PanelQuery, focus: Focus, look: Look | null) {
  const { story, exchanges, now, secrets } = source
  const { language } = query
  const words = panelWords[language]
  const say = (text: Words) => text[language]
  const tell = ({ words: text, statement }: Explained) => ({ text: say(text), statement: statement ?? '' })
  const isLive = !focus.chosen && !focus.extra
  const moment = focus.chosen?.at ?? focus.extra?.end ?? now
  const cut = (text: string, most = longestShown) =>
    text.length > most ? `${text.slice(0, most)}${words.cut(text.length - most)}` : text

  const link = (changes: Partial<Record<'at' | 'client' | 'list', string | null>>, isOther = false) => {
    const params = new URLSearchParams()
    if ((language === 'en') !== isOther) params.set('lang', 'en')
    const at = changes.at === undefined ? query.at : changes.at
    const client = changes.client === undefined ? query.client : changes.client
    const list = changes.list === undefined ? (query.showsAll ? 'all' : null) : changes.list
    if (at !== null) params.set('at', at)
    if (client !== null) params.set('client', client)
    if (list !== null) params.set('list', list)
    if (query.scale !== defaultScale) params.set('scale', String(query.scale))
    if (query.isImported) params.set('record', 'imported')
    return `?${params}#inspector`
  }

  const name = (sid: string) => story.names.of(sid)
  const clientLabel = (client: Client) =>
    client.isInspector ? words.byInspector : `${client.letter} · ${client.host} · ${client.browser}`

  const countdown = (expires: number | null | undefined) => {
    if (expires === null || expires === undefined) return null
    const seconds = Math.max(0, Math.ceil((expires - moment) / 1000))
    return { expires, isLive: isLive && !query.isImported, left: seconds, text: leftText(seconds) }
  }
  const leftText = (seconds: number) => {
    if (seconds === 0) return words.over
    if (seconds <= longestInSeconds) return words.seconds(seconds)
    if (seconds < 2 * 3600) return words.minutes(Math.round(seconds / 60))
    return seconds < 2 * 86_400
      ? words.hours(Math.round(seconds / 3600))
      : words.days(Math.round(seconds / 86_400))
  }

  const describeRow = (row: Look['row']) => ({
    state: row.state,
    text: say(rowStateWords[row.state]),
    data: row.data === null ? null : dataText(row.data),
    expires: countdown(row.expires),
    hasExpiry: row.expires !== null,
  })
  const dataText = (data: string) =>
    data.length >= longestData
      ? `${data.slice(0, longestShown)}${words.cutInRecord}`
      : cut(readableData(data))

  const running = new Set(runningProcesses(source))
  /** The process that answered, and those that were asked before and did not. */
  const processesOf = ({ processes = [] }: Exchange) =>
    processes.map(({ place, pid }, index) => ({
      place,
      pid,
      text: words.process(place, pid),
      isGhost: source.isRunning !== undefined && !running.has(pid),
      hasFailed: index < processes.length - 1,
    }))

  const callOf = (call: StoreCall) => ({
    method: call.method,
    name: name(call.sid),
    duration: call.duration === null ? '' : call.duration.toFixed(1),
    result: resultOf(call),
    isFailure: call.error !== null,
  })
  const resultOf = (call: StoreCall) => {
    if (call.error !== null) return `${words.failed}: ${cut(call.error, 200)}`
    if (call.duration === null) return words.pending
    if (call.method === 'get') return call.data === null ? words.missing : words.found
    return words.done
  }

  const status = (step: Step) => step.exchange.status ?? '—'
  const clock = (at: number) => clocks[language].format(at)

  const detailsOf = (step: Step) => {
    const { exchange } = step
    const read = exchange.calls.find(({ method }) => method === 'get')?.data ?? null
    const written = exchange.calls.findLast(({ method }) => method === 'set')?.data ?? read
    const difference = diffSessions(read, written)
    return {
      id: exchange.id,
      method: exchange.method,
      url: cut(exchange.url, 300),
      status: status(step),
      location: exchange.location === null ? '' : cut(exchange.location, 300),
      duration: (exchange.duration ?? 0).toFixed(1),
      clock: clock(exchange.at),
      client: clientLabel(step.client),
      isInspector: step.client.isInspector,
      server: exchange.server,
      processes: processesOf(exchange),
      cookieName: step.cookieName ?? '',
      sent: step.sent.map((value) => ({
        ...value,
        name: value.state === 'unsigned' ? null : name(value.sid),
        text: say(signatureWords[value.state]),
        sid: cut(value.sid, 200),
        signature: cut(value.signature, 200),
      })),
      hasSession: step.isOfSession,
      calls: exchange.calls.map(callOf),
      diff: {
        ...difference,
        changes: difference.changes.map((change) => ({
          ...change,
          word: words[change.kind],
          before: cut(change.before, 200),
          after: cut(change.after, 200),
          path: cut(change.path, 200),
        })),
      },
      set: step.sessionSet && {
        line: cut(step.sessionSet.line, 1000),
        name: name(step.sid ?? ''),
        attributes: [
          ...step.sessionSet.attributes.map(({ key, text }) => ({ text: cut(text, 200), ...tell2(key) })),
          ...absentIn(step.sessionSet.attributes.map(({ key }) => key)),
        ],
        short: step.sessionSet.attributes.map(({ text }) => text).join('; '),
      },
      otherSet: step.setCookies
        .filter((cookie) => cookie !== step.sessionSet)
        .map(({ line }) => cut(line, 300)),
      why: step.why && tell(whyWords[step.why]),
      refused: step.jar.refused
        .filter(({ setBy }) => setBy === exchange.id)
        .map(({ reason }) => say(refusalWords[reason])),
      lines: exchange.debug.map((line) => {
        const known = explainLine(line)
        return { line: cut(line, 400), ...(known ? tell(known) : { text: words.unknownLine, statement: '' }) }
      }),
    }
    function tell2(key: keyof typeof attributeWords) {
      const { text, statement } = tell(attributeWords[key])
      return { meaning: text, statement }
    }
    function absentIn(keys: readonly string[]) {
      return (['expires', 'domain', 'samesite', 'httponly'] as const)
        .filter((key) => !keys.includes(key) && !(key === 'expires' && keys.includes('max-age')))
        .map((key) => {
          const { text, statement } = tell(absentWords[key])
          return { text: '', meaning: text, statement }
        })
    }
  }

  // the timeline: the newest columns, or those around the chosen one
  const chosenIndex = focus.moments.findIndex(({ id }) => id === focus.chosen?.id)
  const end = Math.max(chosenIndex < 0 ? 0 : Math.min(chosenIndex + columns / 2, focus.moments.length), 0)
  const last = chosenIndex < 0 || end < columns ? Math.max(focus.moments.length, end) : end
  const window =
    chosenIndex < 0 ? focus.moments.slice(-columns) : focus.moments.slice(Math.max(0, last - columns), last)
  const lanes = focus.clients.filter(
    (client) =>
      !client.isInspector &&
      (client === focus.client || window.some(({ client: key }) => key === client.key)),
  )
  const cookieCell = (client: Client, column: Moment) => {
    const seen = lookAtCookie(story, client.key, column.server, column.at, secrets)
    return {
      name: seen.value && seen.value.state !== 'unsigned' ? name(seen.value.sid) : null,
      state: seen.state,
      text: say(cookieStateWords[seen.state]),
      isThere: ['until-close', 'remaining', 'wrong', 'doubled'].includes(seen.state),
      isOwn: column.client === client.key,
    }
  }
  const timeline = window.map((column, index) => {
    const { exchange } = column.step
    const row = column.sid === null ? null : story.rows.at(column.server, column.sid, column.at)
    const previous = window[index - 1]
    return {
      id: column.id,
      kind: column.kind,
      href: link({ at: column.id }),
      isChosen: column.id === focus.chosen?.id,
      clock: clock(column.at),
      gap: previous ? Math.round((column.at - previous.at) / 1000) : 0,
      label: column.kind === 'exchange' ? `${exchange.method} ${cut(exchange.url, 40)}` : '',
      word: column.kind === 'cookie-ends' ? words.cookieEnds : words.rowEnds,
      status: status(column.step),
      setsCookie: column.kind === 'exchange' && column.step.sessionSet !== null,
      isInspector: column.step.client.isInspector,
      server: exchange.server,
      processes: column.kind === 'exchange' ? processesOf(exchange) : [],
      cells: lanes.map((client) => cookieCell(client, column)),
      calls: column.kind === 'exchange' ? exchange.calls.slice(0, 6).map(callOf) : [],
      row: row && { state: row.state, text: say(rowStateWords[row.state]), name: name(column.sid ?? '') },
    }
  })

  const steps = [...story.steps()].reverse()
  const listed = query.showsAll ? steps : steps.filter(({ isOfSession }) => isOfSession).slice(0, fewest)
  const inFlight = exchanges.filter(({ duration }) => duration === null).slice(-10)
  const others = knownSids(story)
    .filter(({ sid, server }) => sid !== look?.sid || server !== focus.server)
    .map(({ sid, server }) => ({ sid, server, row: story.rows.at(server, sid, moment) }))
    .filter(({ row }) => row.state !== 'none' || (row.goneAt !== null && moment - row.goneAt < ghostFor))

  const verdict = look ? verdictOf(look.cookie.state, look.row.state) : null
  const outcomes = focus.client ? outcomesOf(story, focus.client.key, focus.server, moment) : []
  const areDivided = new Set(outcomes.map(({ outcome }) => outcome)).size > 1
  const cookieName = look?.cookie.name ?? story.cookieName(focus.server)
  return {
    language,
    words,
    link,
    query,
    isLive,
    canTamper: false,
    hasClients: focus.clients.filter(({ isInspector }) => !isInspector).length > 1,
    clients: focus.clients
      .filter(({ isInspector }) => !isInspector)
      .map((client) => ({
        letter: client.letter,
        label: clientLabel(client),
        isChosen: client === focus.client,
        isAsker: client.key === source.asker,
        href: link({ client: client.letter, at: null }),
      })),
    chosenLabel: focus.chosen
      ? focus.chosen.kind === 'exchange'
        ? `${words.step} ${focus.chosen.id}`
        : `${words.step} ${focus.chosen.step.exchange.id} — ${focus.chosen.kind === 'cookie-ends' ? words.cookieEnds : words.rowEnds}`
      : focus.extra
        ? `${words.step} ${focus.extra.exchange.id}`
        : '',
    verdict: verdict && say(verdict.words),
    divided: areDivided
      ? outcomes.map(
          ({ place, pid, outcome }) => `${words.process(place, pid)}: ${say(outcomeWords[outcome])}`,
        )
      : [],
    pair: look ? `${look.cookie.state} × ${look.row.state}` : '',
    step: focus.step && detailsOf(focus.step),
    cookie: look && {
      ...look.cookie,
      name: cookieName ?? '',
      text: say(cookieStateWords[look.cookie.state]),
      sid: look.cookie.value && look.cookie.value.state !== 'unsigned' ? name(look.cookie.value.sid) : null,
      isThere: ['until-close', 'remaining', 'wrong', 'doubled'].includes(look.cookie.state),
      countdown: ['remaining', 'doubled', 'wrong'].includes(look.cookie.state)
        ? countdown(look.cookie.expires)
        : null,
      byText:
        look.cookie.by === 'inferred'
          ? words.inferred
          : look.cookie.by === 'browser'
            ? words.measuredByBrowser
            : words.measured,
      byNote: look.cookie.by === 'inferred' ? words.inferredNote : words.measuredNote,
      refusal: look.cookie.refused && say(refusalWords[look.cookie.refused.reason]),
      told: look.cookie.told.refusal.map((reason) => inPlainWords(reason, say)),
      withheld: look.cookie.told.withheld && {
        url: look.cookie.told.withheld.url,
        reasons: look.cookie.told.withheld.reasons.map((reason) => inPlainWords(reason, say)),
      },
      signature: look.cookie.value && say(signatureWords[look.cookie.value.state]),
    },
    row: look && {
      ...describeRow(look.row),
      name: look.sid === null || look.cookie.value?.state === 'unsigned' ? null : name(look.sid),
      goneBy: look.row.goneAt === null ? null : (look.row.by ?? 0),
      byText: isLive && source.canPeek ? words.measured : source.canPeek ? words.recorded : words.inferred,
      byNote:
        isLive && source.canPeek
          ? words.limitPeek
          : source.canPeek
            ? words.recordedNote
            : words.limitInferredRow,
    },
    others: others.map(({ sid, server, row }) => ({
      ...describeRow(row),
      server,
      name: name(sid),
      isGhost: row.state === 'none',
      goneBy: row.goneAt === null ? null : (row.by ?? 0),
    })),
    severalServers: new Set(story.steps().map(({ exchange }) => exchange.server)).size > 1,
    lanes: lanes.map((client) => ({ letter: client.letter, label: clientLabel(client) })),
    timeline,
    older: focus.moments.indexOf(window[0] as Moment) > 0,
    list: listed.map((step) => ({
      id: step.exchange.id,
      href: link({ at: String(step.exchange.id) }),
      isChosen: step === focus.step && !isLive,
      clock: clock(step.exchange.at),
      method: step.exchange.method,
      url: cut(step.exchange.url, 120),
      status: status(step),
      letter: step.client.letter,
      isInspector: step.client.isInspector,
      sent: step.sent[0] && step.sent[0].state !== 'unsigned' ? name(step.sent[0].sid) : null,
      set: step.sessionSet && step.sid !== null ? name(step.sid) : null,
      calls: step.exchange.calls.slice(0, 6).map(({ method }) => method),
      server: step.exchange.server,
      processes: processesOf(step.exchange),
    })),
    inFlight: inFlight.map(({ id, method, url, calls }) => ({
      id,
      method,
      url: cut(url, 120),
      pending: calls.filter(({ duration }) => duration === null).map((call) => call.method),
    })),
    count: steps.length,
    canPeek: source.canPeek,
  }
}

export type PanelView = ReturnType<typeof buildView>

/** What the browser said, in plain words and in its own: its own name is what one can search for. */
function inPlainWords(reason: string, say: (text: Words) => string): string {
  const plain = browserReasonWords[reason]
  return plain ? `${say(plain)} (${reason})` : reason
}
