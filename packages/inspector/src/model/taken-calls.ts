import type { Exchange, StoreCall } from '../exchange.ts'
import type { Rows } from './rows.ts'
import { type Sessions, shelfOf } from './sessions.ts'

/** A call on a store outside of any exchange. */
export interface OutsideCall {
  /** 1, 2, …: in the order in which they began. */
  number: number
  call: StoreCall
}

const patience = 3_000 // ms: a call that takes longer, and nobody waits for, counts as not answered

/** Takes store calls over into the rows, each once, and again when it has come back. */
export function createCallTaker(rows: Rows, sessions: Sessions) {
  /** By exchange: how many of its calls have been taken over. */
  const taken = new Map<number, number>()
  const met = new WeakSet<StoreCall>()
  let outside: OutsideCall[] = []
  let count = 0
  let late: { call: StoreCall; by: number | null; note(): void }[] = []

  function take(call: StoreCall, server: string, began: number, by: number | null, wait = patience) {
    const shelf = shelfOf(server, sessions.storeIn(server, call.store))
    const note = () => rows.noteCall(shelf, call, began, by, wait)
    note()
    if (call.duration === null) late.push({ call, by, note })
  }

  return {
    outside: (): readonly OutsideCall[] => outside,
    isTaken: (id: number): boolean => taken.has(id),
    /** Takes over what is new of an exchange's calls: it may begin some when it has ended. */
    takeOf({ id, server, at, calls, end }: Exchange) {
      const wait = end === 'cut' ? 0 : patience // whoever gave up has waited long enough
      for (const call of calls.slice(taken.get(id) ?? 0)) take(call, server, at + call.at, id, wait)
      taken.set(id, calls.length)
    },
    takeOutside(given: readonly StoreCall[]) {
      const kept = new Set(given)
      outside = outside.filter(({ call }) => kept.has(call))
      for (const call of given) {
        if (met.has(call)) continue
        met.add(call)
        outside.push({ number: ++count, call })
        take(call, sessions.serverOf(call.store), call.at, null)
      }
    },
    /** Takes over those that have come back since; what is no longer recorded is not waited for. */
    takeLate(exchanges: ReadonlySet<number>, given: readonly StoreCall[]) {
      const kept = new Set(given)
      for (const { call, note } of late) if (call.duration !== null) note()
      late = late.filter(
        ({ call, by }) => call.duration === null && (by === null ? kept.has(call) : exchanges.has(by)),
      )
    },
    forget(kept: ReadonlySet<number>) {
      for (const id of taken.keys()) if (!kept.has(id)) taken.delete(id)
    },
  }
}
