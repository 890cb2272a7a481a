import type { Standing } from '../diagnose/lookout.ts'
import type { Exchange } from '../exchange.ts'
import { createNames } from '../model/names.ts'
import type { Recording } from '../recorder.ts'
import { reportOf } from '../report/report.ts'
import { type Told, told } from '../report/told.ts'
import type { Language } from '../words/words.ts'
import { followFindings } from './follow.ts'
import { createHerald } from './herald.ts'
import { writeWhole } from './whole-file.ts'

export interface KeepOptions {
  /** A file that is kept current. */
  report: string | undefined
  /** Of the report for people. */
  language: Language
  /** Is called once for each cause, when it has stood for a while. */
  onFinding(finding: Told): void
}

/** Keeps findings, and the report, current with a record. */
export function keepFindings(record: Recording, { report, language, onFinding }: KeepOptions) {
  const names = createNames()
  const herald = createHerald((finding) => tell([finding]).forEach(onFinding))
  const lookout = followFindings(record, (findings) => {
    herald(findings)
    if (report !== undefined) keepReport(findings)
  })
  let written = ''

  /** The record's exchanges, and before them those that evidence refers to and the record has forgotten. */
  const exchanges = (): Exchange[] => [...lookout.remembered(), ...record.exchanges()]
  const tell = (findings: readonly Standing[]): Told[] => told(findings, exchanges(), names)

  function keepReport(findings: readonly Standing[]) {
    const state = JSON.stringify([
      record.revision(),
      findings.map(({ id, count, words }) => [id, count, words]),
    ])
    if (state === written) return
    written = state
    try {
      write()
    } catch (error) {
      process.stderr.write(`express-session-inspector: ${(error as Error).message}\n`)
    }
  }

  /** Writes the report now. @throws Error when the file cannot be written */
  function write() {
    if (report === undefined) return
    const reported = {
      findings: lookout.findings(),
      exchanges: exchanges(),
      outside: record.outside(),
      passed: record.passed?.() ?? [],
      names,
    }
    writeWhole(report, reportOf(report, reported, language))
  }

  return {
    lookout,
    changed: lookout.changed,
    /** What stands now, fit to be printed. */
    told: (): Told[] => tell(lookout.findings(true)),
    write,
    end() {
      lookout.end()
      lookout.findings(true)
      write()
    },
  }
}
