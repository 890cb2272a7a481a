import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../common/places.ts'
import { readJson } from '../../common/read-json.ts'
import { type StatementResult, statementResults } from './results.ts'
import { type RunInfo, runInfo } from './run-info.ts'

/** Where a whole run leaves its results and `npm run docs` its site; `LAB_DOCS_FOLDER` names another folder. */
export const docsFolder = process.env['LAB_DOCS_FOLDER'] || join(root, 'living-docs')
export const siteIn = (folder: string): string => join(folder, 'site')

const resultsFile = 'results.json'
const findingsFile = 'findings.json'
const runFile = 'run.json'
export const resultFiles = { results: resultsFile, findings: findingsFile, run: runFile } as const

export interface Run {
  results: readonly StatementResult[]
  /** What it says of the findings of this lab; none where it is older than they are. */
  findings: readonly StatementResult[]
  info: RunInfo
}

const again = {
  ja: 'npm test を、引数なしでもう一度実行してください。',
  en: 'Run npm test once more, without arguments.',
}

/**
 * What the last whole run has left; undefined when there was none.
 * @throws Trouble when it is broken
 */
export function readRun(folder = docsFolder): Run | undefined {
  const info = readRunInfo(folder)
  const read = (name: string) => {
    const file = join(folder, name)
    return existsSync(file) ? readJson(file, statementResults, again) : undefined
  }
  const results = info && read(resultsFile)
  return results && { results, findings: read(findingsFile) ?? [], info }
}

/** What the last whole run was made with; else as `readRun`. */
export function readRunInfo(folder = docsFolder): RunInfo | undefined {
  const file = join(folder, runFile)
  return existsSync(file) ? readJson(file, runInfo, again) : undefined
}

/** Whether `npm run docs` has made the site. */
export const hasSite = (folder: string): boolean => existsSync(join(siteIn(folder), 'index.html'))
