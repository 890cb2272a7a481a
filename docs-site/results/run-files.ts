import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../places.ts'
import type { StatementResult } from './results.ts'
import type { RunInfo } from './run-info.ts'

/** Where a whole run leaves its results and `npm run docs` its site; `LAB_DOCS_FOLDER` names another place. */
export const docsFolder = process.env['LAB_DOCS_FOLDER'] || join(root, 'living-docs')
export const siteIn = (folder: string): string => join(folder, 'site')

const resultsFile = 'results.json'
const runFile = 'run.json'
export const resultFiles = { results: resultsFile, run: runFile } as const

export interface Run {
  results: readonly StatementResult[]
  info: RunInfo
}

/** What the last whole run has left; undefined when there was none. */
export function readRun(folder = docsFolder): Run | undefined {
  const [results, info] = [join(folder, resultsFile), join(folder, runFile)]
  if (!existsSync(results) || !existsSync(info)) return undefined
  return {
    results: JSON.parse(readFileSync(results, 'utf8')) as StatementResult[],
    info: JSON.parse(readFileSync(info, 'utf8')) as RunInfo,
  }
}

/** Whether `npm run docs` has made the site. */
export const hasSite = (folder: string): boolean => existsSync(join(siteIn(folder), 'index.html'))
