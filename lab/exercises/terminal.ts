import { compare } from '../../common/line-diff.ts'
import { Trouble } from '../../common/words.ts'
import { sentences } from '../../statements/index.ts'
import { exerciseName } from '../scenarios/exercise-variant.ts'
import { slugs } from '../scenarios/scenarios.ts'
import { type Exercise, exercises, exercisesOf, findExercise, nameOf } from './catalogue.ts'
import { type CheckedClaim, type CheckReport, check, isSolved } from './check.ts'
import { hintsOf, variantText } from './hints.ts'
import { begin, fileOf, isBegun, keepProgress, mended, progressOf, restart } from './workspace.ts'

interface Asked {
  operand: string | undefined
  hint: boolean
  solution: boolean
  restart: boolean
}

/**
 * What `npm run exercise` does.
 * @throws Trouble for a name that is none; the message lists the known ones
 */
export async function run(asked: Asked): Promise<void> {
  if (asked.operand === undefined) return list()
  const exercise = find(asked.operand)
  if (asked.hint) return nextHint(exercise)
  if (asked.solution) return showSolution(exercise)
  if (asked.restart) restart(exercise)
  else if (!begin(exercise)) return checkNow(exercise)
  console.log(`${fileOf(exercise)} を作りました。 / This file has been made for you.\n`)
  await checkNow(exercise)
}

function find(name: string): Exercise {
  const found = findExercise(name.replace(/^exercises\//, '').replace(/\.ts$/, ''))
  if (found) return found
  const [slug = ''] = name.split('/')
  const near = exercisesOf(slug).length > 0 ? exercisesOf(slug) : exercises
  const known = near.map(nameOf).join(', ')
  throw new Trouble({
    ja: `練習問題「${name}」はありません。あるのは: ${known}`,
    en: `There is no exercise "${name}". There are: ${known}`,
  })
}

function list(): void {
  const mark = (exercise: Exercise) => {
    if (!isBegun(exercise)) return ' '
    return progressOf(exercise).isSolved ? '✓' : '…'
  }
  for (const slug of slugs()) {
    const own = exercisesOf(slug)
    if (own.length > 0) console.log(own.map((each) => `  ${mark(each)} ${nameOf(each)}`).join('\n'))
  }
  const solved = exercises.filter((each) => isBegun(each) && progressOf(each).isSolved).length
  console.log(`
${exercises.length}問中${solved}問を解きました(✓ 解けた  … 途中)。始める: npm run exercise counter/cookie-only
${solved} of ${exercises.length} solved (✓ solved, … begun). To begin: npm run exercise counter/cookie-only`)
}

async function checkNow(exercise: Exercise): Promise<void> {
  console.log(`確かめています… / Checking ${nameOf(exercise)} …\n`)
  const report = await check(exercise)
  for (const claim of report.claims) showClaim(claim)
  if (report.error) console.log(report.error)
  if (isSolved(report)) {
    console.log('できました! 直したコードとの違い: / Solved! How it differs from the mended code:')
    return showSolution(exercise)
  }
  showWays(exercise, report)
  process.exitCode = 1
}

const signs = { holds: '✓', fails: '✗', broken: '!' } as const

function showClaim({ title, statements: ids, outcome, message }: CheckedClaim): void {
  for (const { ja, en } of sentences.filter(({ id }) => ids.includes(id))) {
    console.log(`${signs[outcome]} ${ja}\n  ${en}`)
  }
  console.log(`  (${title})`)
  if (message) console.log(`\n${message.replaceAll(/^/gm, '    ')}`)
  console.log('')
}

function showWays(exercise: Exercise, { claims }: CheckReport): void {
  const name = nameOf(exercise)
  if (claims.some(({ outcome }) => outcome === 'broken')) {
    console.log(
      '! は、コードのエラーで最後まで試せなかった主張です。 / ! could not be tried, because of an error in the code.\n',
    )
  }
  const ways = [
    [fileOf(exercise), '直すファイル / the file to mend'],
    [`npm run exercise ${name}`, 'もう一度確かめる / check again'],
    [`npm run exercise ${name} -- --hint`, 'ヒント / a hint'],
    [
      `npm run demo:${exercise.slug} -- --variant ${exerciseName(exercise.variant)}`,
      '動かして見る / watch it run',
    ],
  ]
  const width = Math.max(...ways.map(([way = '']) => way.length))
  for (const [way = '', what = ''] of ways) console.log(`  ${way.padEnd(width)}  ${what}`)
}

function nextHint(exercise: Exercise): void {
  const hints = hintsOf(exercise)
  const open = Math.min(progressOf(exercise).hints + 1, hints.length)
  keepProgress(exercise, { hints: open })
  for (const [n, { ja, en, code }] of hints.slice(0, open).entries()) {
    console.log(
      `${n + 1}/${hints.length} ${ja}\n    ${en}\n${code ? `\n${code.replaceAll(/^/gm, '      ')}\n` : ''}`,
    )
  }
}

function showSolution(exercise: Exercise): void {
  const lines = compare(mended(exercise), variantText(exercise.slug, exercise.solution))
  if (lines.every(({ sign }) => sign === ' ')) {
    console.log('  (同じコードです / no difference)')
    return
  }
  console.log(`\n--- ${fileOf(exercise)}\n+++ apps/${exercise.slug}/${exercise.solution}.ts`)
  for (const { sign, text } of lines) console.log(`${sign} ${text}`)
}
