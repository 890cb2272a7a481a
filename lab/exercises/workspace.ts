import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, posix, relative, resolve, sep } from 'node:path'
import * as v from 'valibot'
import { root } from '../../common/places.ts'
import { readJson } from '../../common/read-json.ts'
import { exerciseFile, exercisesFolder } from '../scenarios/exercise-variant.ts'
import { type Exercise, nameOf } from './catalogue.ts'

/** The learner's file of an exercise: its path from the project's folder, whether it is there or not. */
export const fileOf = ({ slug, variant }: Exercise): string => exerciseFile(slug, variant)

/** Whether the learner has begun it. */
export const isBegun = (exercise: Exercise): boolean => existsSync(join(root, fileOf(exercise)))

/**
 * Gives the learner a copy to mend, unless there is one already.
 * @returns whether it has been made now
 */
export function begin(exercise: Exercise): boolean {
  if (isBegun(exercise)) return false
  const path = join(root, fileOf(exercise))
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, unsolved(exercise))
  const settings = join(exercisesFolder(), 'tsconfig.json') // for the learner's editor
  if (!existsSync(settings)) writeFileSync(settings, `${JSON.stringify(editorSettings(), null, 2)}\n`)
  return true
}

/** Puts the broken code back; the learner's own stays beside it, with `.old` behind its name, or `.old-2` and so on. */
export function restart(exercise: Exercise): void {
  const path = join(root, fileOf(exercise))
  if (existsSync(path)) renameSync(path, freeName(`${path}.old`))
  begin(exercise)
}

/** This name, or with a number behind it where there is such a file already. */
function freeName(path: string): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? path : `${path}-${n}`
    if (!existsSync(name)) return name
  }
}

const fromExercises = (path: string) => relative(exercisesFolder(), join(root, path)).replaceAll(sep, '/')

const editorSettings = () => ({
  extends: fromExercises('tsconfig.json'),
  include: ['**/*.ts', fromExercises('apps/passport.d.ts')],
})

const task = (name: string) => `// 直してみる / Mend it: npm run exercise ${name}\n`

/** The counter-example as a learner gets it: without the comment that tells what is wrong, and importing from where it lies. */
export function unsolved(exercise: Exercise): string {
  const source = `apps/${exercise.slug}/${exercise.variant}.ts`
  const text = readFileSync(join(root, source), 'utf8').replace(/^(?:\/\/ .*\n){2}/, task(nameOf(exercise)))
  const from = posix.dirname(source)
  const to = dirname(join(root, fileOf(exercise)))
  return text.replaceAll(/(from ')(\.[^']*)'/g, (_all, before: string, path: string) => {
    const target = relative(to, resolve(root, from, path)).replaceAll(sep, '/')
    return `${before}${target}'`
  })
}

/** The learner's file with imports as in `apps/` and without our comment, to be compared with the solution. */
export function mended(exercise: Exercise): string {
  const from = join(root, 'apps', exercise.slug)
  const at = dirname(join(root, fileOf(exercise)))
  const text = isBegun(exercise) ? readFileSync(join(root, fileOf(exercise)), 'utf8') : unsolved(exercise)
  return text
    .replace(task(nameOf(exercise)), '')
    .replaceAll(/(from ')(\.[^']*)'/g, (_all, before: string, path: string) => {
      const target = relative(from, resolve(at, path)).replaceAll(sep, '/')
      return `${before}${target.startsWith('.') ? target : `./${target}`}'`
    })
}

const progress = v.record(v.string(), v.object({ isSolved: v.boolean(), hints: v.number() }))

/** How far a learner is with one exercise. */
interface Progress {
  /** Whether its claims held when they were last checked. */
  isSolved: boolean
  /** How many of its hints are open. */
  hints: number
}

const progressFile = () => join(exercisesFolder(), 'progress.json')

const readProgress = (): Record<string, Progress> =>
  existsSync(progressFile())
    ? readJson(progressFile(), progress, {
        ja: '消せば、作り直されます。',
        en: 'Delete it, and it is made anew.',
      })
    : {}

/**
 * How far the learner is with an exercise.
 * @throws Trouble when the file in which that is kept is broken
 */
export const progressOf = (exercise: Exercise): Progress =>
  readProgress()[nameOf(exercise)] ?? { isSolved: false, hints: 0 }

/** Keeps how far the learner is with an exercise. */
export function keepProgress(exercise: Exercise, change: Partial<Progress>): void {
  const all = { ...readProgress(), [nameOf(exercise)]: { ...progressOf(exercise), ...change } }
  mkdirSync(exercisesFolder(), { recursive: true })
  writeFileSync(progressFile(), `${JSON.stringify(all, null, 1)}\n`)
}
