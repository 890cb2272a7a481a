import type { Exchange, StoreCall } from '../exchange.ts'
import { diffSessions } from '../model/diff.ts'
import { parsed } from './cookies.ts'
import type { Seen, SeenStep } from './seen.ts'

/** A call on a store with its times, in ms since the epoch. */
export interface TimedCall {
  call: StoreCall
  /** Its place among the calls of its exchange. */
  index: number
  begin: number
  /** null while it has not come back. */
  end: number | null
  /** The exchange that made it; undefined outside of any. */
  exchange: Exchange | undefined
  /** The same exchange where it is over. */
  step: SeenStep | undefined
}

/** All calls of a record in the order in which they began. */
export function timedCalls({ steps, open, outside }: Seen): TimedCall[] {
  const timed = (call: StoreCall, index: number, began: number, exchange?: Exchange, step?: SeenStep) => ({
    ...{ call, index, exchange, step, begin: began + call.at },
    end: call.duration === null ? null : began + call.at + call.duration,
  })
  const all = [
    ...steps.flatMap((step) =>
      step.exchange.calls.map((call, index) => timed(call, index, step.exchange.at, step.exchange, step)),
    ),
    ...open.flatMap((exchange) =>
      exchange.calls.map((call, index) => timed(call, index, exchange.at, exchange)),
    ),
    ...outside.map((call, index) => timed(call, index, 0)),
  ]
  return all.sort((one, other) => one.begin - other.begin)
}

/** The calls of each session, in the order in which they began. */
export function bySession(calls: readonly TimedCall[]): TimedCall[][] {
  const sessions = new Map<string, TimedCall[]>()
  for (const timed of calls) {
    const key = `${timed.call.store}\n${timed.call.sid}`
    const known = sessions.get(key)
    if (known) known.push(timed)
    else sessions.set(key, [timed])
  }
  return [...sessions.values()]
}

/** Whether a call was made outside of any request, or by one whose response had been over. */
export const isOutside = ({ exchange, call }: TimedCall): boolean =>
  !exchange || (exchange.duration !== null && call.at > exchange.duration + 1)

/** The names of the top-level keys that differ between two sessions; the cookie inside is left out. */
export const changedKeys = (before: string | null, after: string | null): string[] => [
  ...new Set(diffSessions(before, after).changes.map(({ path }) => /^[^.[]*/.exec(path)?.[0] || path)),
]

/** Names of keys for a sentence: a handful. */
export function listed(keys: readonly string[]): string {
  const shown = keys.slice(0, 3).join(', ')
  return keys.length > 3 ? `${shown} …` : shown
}

/** The lifetime in ms that a session was given, out of its JSON text; undefined for none. */
export function lifetimeIn(data: string | null): number | undefined {
  const cookie = parsed(data)?.['cookie'] as { originalMaxAge?: unknown } | undefined
  const given = cookie?.originalMaxAge
  return typeof given === 'number' && given > 0 ? given : undefined
}

/** `get (GET /home)`, or `set (outside of any request)`. */
export function nameOf({ call, exchange }: TimedCall, language: 'ja' | 'en'): string {
  if (exchange) return `${call.method} (${exchange.method} ${exchange.url.split('?')[0]})`
  return `${call.method} (${language === 'ja' ? 'リクエストの外' : 'outside of any request'})`
}

/** What a call shows, as evidence. */
export const shownCall = ({ exchange, index }: TimedCall, ja: string, en: string) => ({
  ...(exchange && { exchange: exchange.id, call: index }),
  words: { ja, en },
})

/** The ids of the exchanges of calls. */
export const exchangesOf = (calls: readonly TimedCall[]): number[] => [
  ...new Set(calls.flatMap(({ exchange }) => (exchange ? [exchange.id] : []))),
]

/** How long, for a sentence: `350 ms`, `3.5 s`. */
export const long = (ms: number): string =>
  ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`
