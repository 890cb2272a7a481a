import { cpuTime, createLookout, type Standing } from '../diagnose/lookout.ts'
import type { Recording } from '../recorder.ts'

const after = 5_000 // ms after the last news in which time alone may show something
const share = 10 // what takes 1 ms is followed by 10 without it
const together = 100 // ms: what happens at once is looked at at once
const slowing = 10 // what is still open after a minute is looked at each 6 s

/**
 * Looks at a record whenever something new is known of it, and for a while also when only time has passed: a response
 * that never ends is nothing new. Nothing runs once nothing is open.
 * @param onLook gets what stands, after each look
 */
export function followFindings(record: Recording, onLook: (findings: readonly Standing[]) => void) {
  const lookout = createLookout(record)
  let timer: NodeJS.Timeout | undefined
  let newsAt = 0
  let free = 0 // when what came of the last look has cost no more than its share

  function plan() {
    const age = Date.now() - newsAt
    timer ??= setTimeout(
      look,
      Math.max(lookout.due() - Date.now(), free - Date.now(), together, age / slowing),
    )
  }
  function look() {
    timer = undefined
    const findings = lookout.findings(true)
    const start = cpuTime()
    onLook(findings)
    free = Date.now() + (cpuTime() - start) * share
    if (Date.now() - newsAt < after || isUnderWay(record)) plan()
  }
  return {
    ...lookout,
    /** Something new is known. */
    changed() {
      newsAt = Date.now()
      plan()
    },
    end() {
      clearTimeout(timer)
    },
  }
}

const isUnderWay = (record: Recording) =>
  [...record.exchanges(), ...record.outside()].some(({ duration }) => duration === null)
