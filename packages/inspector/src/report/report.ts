import { extname } from 'node:path'
import type { Standing } from '../diagnose/lookout.ts'
import type { Exchange, Passed, StoreCall } from '../exchange.ts'
import { exportRecord, passedPart } from '../model/export.ts'
import type { Names } from '../model/names.ts'
import { sumOf } from '../model/passed.ts'
import { passedWords, timed } from '../words/passed.ts'
import type { Language } from '../words/words.ts'
import { markdownReport } from './markdown.ts'
import { textReport } from './text.ts'
import { told } from './told.ts'

/** What a report is made of. */
export interface Reported {
  findings: readonly Standing[]
  /** Those of the record, and those that evidence refers to. */
  exchanges: readonly Exchange[]
  /** The calls on a store outside of any request. */
  outside: readonly StoreCall[]
  /** The requests that passed unrecorded. */
  passed?: readonly Passed[]
  names: Names
}

/** For people by the file's ending: `.txt`, `.md`; anything else is the whole record as JSON (report.schema.json). */
export function reportOf(file: string, reported: Reported, language: Language): string {
  const { findings, exchanges, outside, passed = [], names } = reported
  const found = told(findings, exchanges, names)
  const ending = extname(file).toLowerCase()
  const sum = sumOf(passed)
  const note = sum && passedWords[language].sum(timed(sum))
  if (ending === '.txt') return textReport(found, language, note)
  if (ending === '.md') return markdownReport(found, language, note)
  return [...exportRecord(exchanges, names, outside, { findings: found, ...passedPart(passed) })].join('')
}
