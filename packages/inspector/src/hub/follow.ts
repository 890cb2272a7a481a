import { cpuTime, createLookout, often, type Standing } from '../diagnose/lookout.ts'
import type { Recording } from '../recorder.ts'

const after = 5_000 // ms after the last news in which time alone may show something
const share = 10 // what takes 1 ms is followed by 10 without it
const together = 100 // ms: what happens at once is looked at at once
const slowing = 10 // what is still open after a minute is looked at each 6 s

/**
 * Looks at a record whenever something new is known of it, and for a while also when only time has passed: a response
 * that never ends is nothing new. Nothing runs once nothing is open. What is new is handed on within a second whatever
 * looking for causes costs: where no look is due by then, with what the last one found.
 * @param onLook gets what stands, after each look
 */
export function followFindings(record: Recording, onLook: (findings: readonly Standing[]) => void) {
  const lookout = createLookout(record)
  let timer: NodeJS.Timeout | undefined
  let newsAt = 0
  let isNew = false // something is known that has not been handed on
  let isUnseen = false // something is known that no look for causes has seen
  let handedOn = 0
  let free = 0 // when what came of the last look has cost no more than its share

  function plan() {
    const now = Date.now()
    const due = isNew ? Math.min(lookout.due(), handedOn + often) : lookout.due()
    timer ??= setTimeout(look, Math.max(due - now, free - now, together, (now - newsAt) / slowing))
  }
  function look() {
    timer = undefined
    isNew = false
    if (Date.now() >= lookout.due()) isUnseen = false
    const findings = lookout.findings()
    const start = cpuTime()
    onLook(findings)
    handedOn = Date.now()
    free = handedOn + (cpuTime() - start) * share
    if (isUnseen || handedOn - newsAt < after || isUnderWay(record)) plan()
  }
  return {
    ...lookout,
    /** Something new is known. */
    changed() {
      newsAt = Date.now()
      isUnseen = true
      if (!isNew) {
        isNew = true
        clearTimeout(timer)
        timer = undefined // what was planned may be late
      }
      plan()
    },
    end() {
      clearTimeout(timer)
    },
  }
}

const isUnderWay = (record: Recording) =>
  [...record.exchanges(), ...record.outside()].some(({ duration }) => duration === null)
