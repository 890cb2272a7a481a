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
const runFile = 'run.json'
export const resultFiles = { results: resultsFile, run: runFile } as const

export interface Run {
  results: readonly StatementResult[]
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
  const [file, info] = [join(folder, resultsFile), readRunInfo(folder)]
  return info && existsSync(file) ? { results: readJson(file, statementResults, again), info } : undefined
}

/** What the last whole run was made with; else as `readRun`. */
export function readRunInfo(folder = docsFolder): RunInfo | undefined {
  const file = join(folder, runFile)
  return existsSync(file) ? readJson(file, runInfo, again) : undefined
}

/** Whether `npm run docs` has made the site. */
export const hasSite = (folder: string): boolean => existsSync(join(siteIn(folder), 'index.html'))
