import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, release, type } from 'node:os'
import * as v from 'valibot'
import { root } from '../../common/places.ts'
import { countStandings, type StatementResult, standings } from './results.ts'

const count = v.number()

/** What a run was made with and what it came to: `run.json`. */
export const runInfo = v.object({
  /** ISO 8601 */
  date: v.string(),
  versions: v.object({
    node: v.string(),
    express: v.string(),
    'express-session': v.string(),
    playwright: v.string(),
    /** Name and version; null when no test has opened one. */
    browser: v.nullable(v.string()),
    os: v.string(),
  }),
  /** null outside a git checkout. */
  commit: v.nullable(v.object({ hash: v.string(), hasChanges: v.boolean() })),
  counts: v.object(v.entriesFromList(standings, count)),
  /** Of single tests, counter-examples that failed as expected among the passed. */
  tests: v.object({ passed: count, failed: count, skipped: count }),
})
export type RunInfo = v.InferOutput<typeof runInfo>

/** @param browser name and version of the browser that the tests ran in */
export const makeRunInfo = (
  results: readonly StatementResult[],
  tests: RunInfo['tests'],
  browser: string | null,
): RunInfo => ({
  date: new Date().toISOString(),
  versions: {
    node: process.versions.node,
    express: versionOf('express'),
    'express-session': versionOf('express-session'),
    playwright: versionOf('playwright'),
    browser,
    os: `${type()} ${release()} ${arch()}`,
  },
  commit: commit(),
  counts: countStandings(results),
  tests,
})

/** The version of an installed package. */
export function versionOf(name: string): string {
  const file = createRequire(import.meta.url).resolve(`${name}/package.json`)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

function commit(): RunInfo['commit'] {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    const hash = git('rev-parse', 'HEAD')
    return { hash, hasChanges: git('--no-optional-locks', 'status', '--porcelain') !== '' }
  } catch {
    return null // no git here, or no checkout
  }
}
