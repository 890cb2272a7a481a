import { statSync } from 'node:fs'
import { join } from 'node:path'
import express, { type Request, type Response, Router } from 'express'
import createError from 'http-errors'
import { compare } from '../../common/line-diff.ts'
import { root } from '../../common/places.ts'
import { type Language, languageOf, Trouble } from '../../common/words.ts'
import { verdictNames } from '../../docs-site/site/in-lab.ts'
import { statements } from '../../statements/index.ts'
import { type Exercise, exercisesOf, nameOf } from '../exercises/catalogue.ts'
import { type CheckedClaim, type CheckReport, check } from '../exercises/check.ts'
import { hintsOf, variantText } from '../exercises/hints.ts'
import { begin, fileOf, isBegun, keepProgress, mended, progressOf, restart } from '../exercises/workspace.ts'
import { onSameHost } from '../http/origins.ts'
import { exerciseName } from '../scenarios/exercise-variant.ts'
import type { Lab, Site } from '../site.ts'
import { queryOf } from './course-view.ts'
import { exerciseWords } from './exercise-words.ts'
import { frameOf } from './frames.ts'

/** A link from a variant to its exercise, and how far the learner is with it. */
interface MendLink {
  url: string
  word: string
  /** The same for those who do not see what it stands beside. */
  label: string
  /** Empty when it has not been begun. */
  state: string
}

/** The links 「直してみる」 of a scenario, by the name of the variant; a variant that is no exercise has none. */
export function mendLinks(slug: string, language: Language): ReadonlyMap<string, MendLink> {
  const words = exerciseWords[language]
  const stateOf = (exercise: Exercise) => {
    if (!isBegun(exercise)) return ''
    return progressOf(exercise).isSolved ? words.solved : words.begun
  }
  return new Map(
    exercisesOf(slug).map((exercise) => {
      const { variant } = exercise
      const url = `/__lab/exercises/${variant}${queryOf(language)}`
      const link = { url, word: words.mend, label: `${words.mend}: ${variant}`, state: stateOf(exercise) }
      return [variant, link] as const
    }),
  )
}

/** Checks that run or have run since the lab started. */
const running = new Map<string, Promise<CheckReport>>()
const reports = new Map<string, CheckReport>()

/** One check at a time for each exercise: whoever asks meanwhile gets what comes of it. */
function checkOnce(exercise: Exercise): Promise<CheckReport> {
  const name = nameOf(exercise)
  const begun =
    running.get(name) ??
    check(exercise)
      .then((report) => {
        reports.set(name, report)
        return report
      })
      .finally(() => running.delete(name))
  running.set(name, begun)
  return begun
}

/** The pages of a scenario's exercises, and what their buttons do. */
export function exercisePages(lab: Lab, site: Site): Router {
  const { slug } = lab.scenario
  const router = Router()
  const asked = (req: Request): Exercise => {
    const found = exercisesOf(slug).find(({ variant }) => variant === req.params['variant'])
    if (!found) throw createError(404, `exercise: ${slug}/${req.params['variant']}`)
    return found
  }
  const runMine = (exercise: Exercise) => lab.setVariant(exerciseName(exercise.variant))

  router.get('/:variant', (req, res) => {
    const language = languageOf(req.query['lang'])
    res.render('exercise', pageOf(req, lab, site, asked(req), language))
  })

  router.get('/:variant/state', (req, res) => {
    const found = statSync(join(root, fileOf(asked(req))), { throwIfNoEntry: false })
    res.json({ changed: found?.mtimeMs ?? 0 })
  })

  const actions: Readonly<Record<string, (exercise: Exercise) => unknown>> = {
    begin(exercise) {
      begin(exercise)
      return runMine(exercise)
    },
    run: runMine,
    check: checkOnce,
    hint: (exercise) => keepProgress(exercise, { hints: Math.min(3, progressOf(exercise).hints + 1) }),
    restart(exercise) {
      restart(exercise)
      reports.delete(nameOf(exercise))
      keepProgress(exercise, { isSolved: false })
      return runMine(exercise)
    },
  }

  router.post(
    '/:variant/:action',
    express.urlencoded({ extended: false, limit: '1kb' }),
    async (req, res) => {
      const exercise = asked(req)
      const { action = '' } = req.params
      if (!Object.hasOwn(actions, action)) throw createError(404, `exercise: ${action}`)
      await Promise.resolve(actions[action]?.(exercise)).catch((problem: unknown) =>
        keepTrouble(exercise, problem),
      )
      back(req, res, exercise)
    },
  )
  return router
}

/** What keeps the tests from running is for the learner to read, on the page that asked for them. */
function keepTrouble(exercise: Exercise, problem: unknown) {
  if (!(problem instanceof Trouble)) throw problem
  reports.set(nameOf(exercise), { claims: [], error: problem.message })
}

function back(req: Request, res: Response, { variant }: Exercise) {
  res.redirect(303, `/__lab/exercises/${variant}${queryOf(languageOf(req.query['lang']))}`)
}

function pageOf(req: Request, lab: Lab, site: Site, exercise: Exercise, language: Language) {
  const { hints: opened, isSolved } = progressOf(exercise)
  const hints = hintsOf(exercise)
  const own = exerciseName(exercise.variant)
  const isShown = isSolved || opened >= hints.length
  return {
    language,
    words: exerciseWords[language],
    lab,
    exercise,
    name: nameOf(exercise),
    title: `${exerciseWords[language].mend}: ${nameOf(exercise)}`,
    file: fileOf(exercise),
    query: queryOf(language),
    isBegun: isBegun(exercise),
    isSolved,
    claims: claimsOf(exercise, language),
    error: reports.get(nameOf(exercise))?.error,
    problem: lab.variant().name === own ? lab.problem() : undefined,
    runsMine: lab.variant().name === own,
    hints: hints.slice(0, opened),
    hintCount: hints.length,
    changes: isShown ? compare(mended(exercise), variantText(exercise.slug, exercise.solution)) : undefined,
    frames: lab.sites.map((shown) => frameOf(req, lab, shown)),
    securePage:
      site.secureUrl &&
      req.protocol !== 'https' &&
      `${onSameHost(req, site.secureUrl)}${req.originalUrl.slice(1)}`,
  }
}

const icons = { unknown: '○', holds: '✓', fails: '✗', broken: '!' } as const

interface ShownClaim extends Omit<CheckedClaim, 'outcome'> {
  outcome: keyof typeof icons
}

/** The claims in the reader's language, with what came of them in the last check. */
function claimsOf(exercise: Exercise, language: Language) {
  const unknown = (id: string): ShownClaim => ({
    title: '',
    statements: [id],
    outcome: 'unknown',
    message: '',
  })
  const last = reports.get(nameOf(exercise))?.claims ?? []
  const shown: readonly ShownClaim[] = last.length > 0 ? last : exercise.claims.map(unknown)
  const verdicts = verdictNames(language)
  return shown.map(({ statements: ids, ...claim }) => ({
    ...claim,
    icon: icons[claim.outcome],
    sentences: statements
      .filter(({ id }) => ids.includes(id))
      .map(({ id, verdict, because, ...sentence }) => ({
        id,
        text: sentence[language],
        because: because?.[language] && `${verdicts(verdict).because} ${because[language]}`,
      })),
  }))
}
