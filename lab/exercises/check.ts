import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import { root } from '../../common/places.ts'
import { Trouble } from '../../common/words.ts'
import { type Exercise, findExercise, nameOf } from './catalogue.ts'
import { keepProgress } from './workspace.ts'

/** What came of one claim. */
const checkedClaim = v.object({
  /** What is claimed, in the words of the test. */
  title: v.string(),
  /** The ids of the documented sentences that it proves. */
  statements: v.array(v.string()),
  /** `broken`: it could not be tried to its end, because of an error in the code. */
  outcome: v.picklist(['holds', 'fails', 'broken']),
  /** The assertion as it failed, or the error; empty when it holds. */
  message: v.string(),
})
export type CheckedClaim = v.InferOutput<typeof checkedClaim>

/** What a check prints, one line of JSON: all its claims, or why they could not be read. */
export const checkReport = v.object({ claims: v.array(checkedClaim), error: v.string() })
export type CheckReport = v.InferOutput<typeof checkReport>

const variable = 'LAB_EXERCISE'

/** The exercise whose claims alone the tests of this process are to try; undefined in any other run of them. */
export const exerciseUnderCheck = (): Exercise | undefined => findExercise(process.env[variable] ?? '')

/** What stands above the claims of an exercise: the tests are chosen by it. */
export const titleOf = (exercise: Exercise): string => `exercise ${nameOf(exercise)}`

const playwright = join(dirname(createRequire(import.meta.url).resolve('playwright')), 'cli.js')

/**
 * Tries the claims of an exercise on the learner's file, with the very tests that prove them of the documented app.
 * Keeps whether it is solved.
 * @throws Trouble when the tests could not be run at all
 */
export async function check(exercise: Exercise): Promise<CheckReport> {
  const name = nameOf(exercise)
  const output = mkdtempSync(join(tmpdir(), 'lab-exercise-'))
  const args = [
    ...['test', `e2e/scenarios/${exercise.slug}.spec.ts`, '--output', output, '--workers', '2'],
    ...['--grep', `${titleOf(exercise).replaceAll('.', '\\.')} `],
    ...['--reporter', join(root, 'e2e/support/exercise-reporter.ts')],
  ]
  const { printed, said } = await run([playwright, ...args], { ...process.env, [variable]: name })
  rmSync(output, { recursive: true, force: true })
  const report = reportIn(printed)
  if (!report || (report.claims.length === 0 && report.error === '')) {
    throw new Trouble({
      ja: `${name}の主張を試せませんでした。\n${said || printed}`,
      en: `The claims of ${name} could not be tried.`,
    })
  }
  if (report.claims.some(({ outcome }) => outcome === 'broken')) await refuseWithoutBrowser()
  keepProgress(exercise, { isSolved: isSolved(report) })
  return report
}

/** Some claims need no browser. Where there is none, those that do are not broken by the learner's code. */
async function refuseWithoutBrowser() {
  const { findBrowser, findHeadlessShell } = await import('../chromium/browser.ts')
  if (findBrowser() ?? findHeadlessShell()) return
  throw new Trouble({
    ja: 'この練習問題の確認には、Chrome、Edge、Chromiumのどれかが要ります。入れるか、環境変数LAB_BROWSERに実行ファイルを指定してください。npm testも取得できます。',
    en: 'The check of this exercise needs Chrome, Edge or Chromium. Install one, or name its executable in LAB_BROWSER; npm test can fetch one.',
  })
}

/** Whether all claims hold. */
export const isSolved = ({ claims, error }: CheckReport): boolean =>
  error === '' && claims.length > 0 && claims.every(({ outcome }) => outcome === 'holds')

function reportIn(printed: string): CheckReport | undefined {
  const line = printed.split('\n').findLast((each) => each.startsWith('{"claims":'))
  return line === undefined ? undefined : v.parse(checkReport, JSON.parse(line))
}

function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ printed: string; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const text = { printed: '', said: '' }
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text.printed += chunk
    })
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      text.said += chunk
    })
    child.once('error', reject)
    child.once('close', () => resolve(text))
  })
}
