import type { Exchange } from '../exchange.ts'
import { createDiagnoser, type Finding } from './diagnose.ts'
import type { Diagnosed } from './seen.ts'

/** A finding that stands. */
export interface Standing extends Finding {
  /** Since when it has been found at each look, in ms since the epoch. */
  since: number
}

/** Findings of a record, at most half a second old while somebody asks for them. */
export interface Lookout {
  /** Faults first. They are looked for anew where that is due, or `isWanted`. */
  findings(isWanted?: boolean): readonly Standing[]
  /** The exchanges that evidence refers to and the record has forgotten. */
  remembered(): readonly Exchange[]
  /** When the next look is due, in ms since the epoch. */
  due(): number
  /** Forgets all that was found. */
  clear(): void
}

export const often = 500 // ms between two looks
const share = 25 // a look that took 1 ms is followed by 25 without one

/** How long this process has been computing, in ms. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Looks for causes in a record, and no more often than is cheap. */
export function createLookout(record: Diagnosed): Lookout {
  let diagnoser = createDiagnoser(record)
  let standing: readonly Standing[] = []
  let evidence = new Map<number, Exchange>()
  let due = 0

  function look() {
    const start = cpuTime()
    const now = Date.now()
    const before = new Map(standing.map((one) => [keyOf(one), one.since]))
    standing = diagnoser.findings(now).map((one) => ({ ...one, since: before.get(keyOf(one)) ?? now }))
    remember()
    due = Date.now() + Math.max(often, (cpuTime() - start) * share)
  }

  function remember() {
    const known = new Map(record.exchanges().map((exchange) => [exchange.id, exchange]))
    const shown = standing.flatMap((one) => one.evidence.flatMap(({ exchange }) => exchange ?? []))
    const found = shown.flatMap((id) => known.get(id) ?? evidence.get(id) ?? [])
    evidence = new Map(found.map((exchange) => [exchange.id, exchange]))
  }

  return {
    findings(isWanted = false) {
      if (isWanted || Date.now() >= due) look()
      return standing
    },
    remembered() {
      const known = new Set(record.exchanges().map(({ id }) => id))
      return [...evidence.values()].filter(({ id }) => !known.has(id))
    },
    due: () => due,
    clear() {
      diagnoser = createDiagnoser(record)
      standing = []
      evidence = new Map()
      due = 0
    },
  }
}

/** What tells a finding from all others. */
export const keyOf = ({ id, about = '' }: Pick<Finding, 'id' | 'about'>): string => `${id}\n${about}`
