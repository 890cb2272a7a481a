import type { Exchange } from '../exchange.ts'
import type { Client, ClientId } from './client.ts'
import type { JarSource } from './jar-source.ts'
import type { Place } from './look.ts'
import { type Moment, momentOf, momentsOf } from './moments.ts'
import type { Shelf } from './rows.ts'
import { type SessionOf, shelfOf } from './sessions.ts'
import { ofSession, type Step } from './step.ts'
import type { Story } from './story.ts'

/** A record, and who can be asked about what it does not hold. */
export interface Source {
  story: Story
  exchanges: readonly Exchange[]
  jars: readonly JarSource[]
  /** Who asks; null where that says nothing (an imported record). */
  asker: ClientId | null
  canPeek: boolean
  /** Whether this is one of the processes that serve the app; undefined where nobody knows. */
  isRunning: ((pid: number) => boolean) | undefined
  now: number
  /** When the newest chapter began, in ms since the epoch: the timeline begins there. */
  since?: number
}

/** What is asked for; what the record does not have counts as not asked for. */
export interface Wish {
  /** The id of a moment; null for now. */
  at: string | null
  /** A client's letter; null for the one that asks. */
  client: string | null
}

/** What one looks at when no moment is chosen. */
export interface LiveFocus {
  client: Client | undefined
  /** The client's newest exchange that had to do with the session, or else its newest. */
  step: Step | null
  server: string
  /** Where cookie and row are looked up; null while there is no client. */
  place: Place | null
}

export interface Focus extends LiveFocus {
  moments: readonly Moment[]
  /** null: now. */
  chosen: Moment | null
}

const defaultServer = 'app'

export function liveFocus({ story, asker, now }: Source, { client: letter }: Wish): LiveFocus {
  const clients = story.clients()
  const steps = ofSession(story.steps())
  const client =
    clients.find((one) => one.letter === letter) ??
    clients.find(({ key }) => key === asker) ??
    steps.findLast((step) => !step.client.isInspector)?.client
  const own = (all: readonly Step[]) => all.findLast((one) => one.client === client)
  const step = own(steps) ?? own(story.steps()) ?? null
  const server = step?.exchange.server ?? defaultServer
  const place = client && { client: client.key, server, session: sessionAt(story, step, server), moment: now }
  return { client, step, server, place: place ?? null }
}

/** The session that one looks at: that of the exchange, or what has been learned of the server since. */
function sessionAt(story: Story, step: Step | null, server: string): SessionOf {
  const last = story.lastSession(server)
  return step?.session.name == null ? last : step.session
}

/** What one looks at: a chosen moment, also of an exchange that is not on the timeline, or else now. */
export function chooseFocus({ story, now }: Source, { at }: Wish, live: LiveFocus): Focus {
  const moments = momentsOf(story, now)
  const aside = story.steps().find(({ exchange }) => String(exchange.id) === at)
  const chosen = moments.find(({ id }) => id === at) ?? (aside ? momentOf(aside) : null)
  if (!chosen) return { ...live, moments, chosen }
  const { step, server, client, at: moment } = chosen
  const session = sessionAt(story, step, server)
  return { moments, chosen, client: step.client, step, server, place: { client, server, session, moment } }
}

/** A row by its place: the server whose requests led to it, the number of its store, and where that has its rows. */
export interface RowPlace {
  server: string
  store: number
  shelf: Shelf
  sid: string
}

/** The row that a sid at this place leads to. */
export function rowOf(place: Place | null, sid: string | null | undefined): RowPlace | null {
  if (!place || sid == null) return null
  const { server, session } = place
  return { server, store: session.store, shelf: shelfOf(server, session.store), sid }
}

/** The rows that are shown: those of the newest sids that the record knows. */
export function knownRows(story: Story, most = 8): RowPlace[] {
  const known = new Map<string, RowPlace>()
  const add = (server: string, given: number, sid: string | null) => {
    const store = story.storeIn(server, given)
    const shelf = shelfOf(server, store)
    if (sid !== null && known.size < most) known.set(`${shelf}\n${sid}`, { server, store, shelf, sid })
  }
  for (const { sid, sent, exchange, session } of [...story.steps()].reverse()) {
    const { server, calls } = exchange
    add(server, session.store, sid)
    for (const call of calls) add(server, call.store, call.sid)
    for (const value of sent) add(server, session.store, value.sid)
    if (known.size >= most) break
  }
  return [...known.values()]
}

/** Of the processes that have answered, those that go on. */
export function runningProcesses({ story, isRunning }: Source): number[] {
  const pids = new Set(
    story.steps().flatMap(({ exchange }) => exchange.processes?.map(({ pid }) => pid) ?? []),
  )
  return [...pids].filter((pid) => isRunning?.(pid))
}
