import { statSync } from 'node:fs'
import { join } from 'node:path'
import express, { type Request, type Response, Router } from 'express'
import createError from 'http-errors'
import { root } from '../../common/places.ts'
import { languageOf } from '../../common/words.ts'
import { type Exercise, exercisesOf } from '../exercises/catalogue.ts'
import { begin, fileOf, keepProgress, progressOf, restart } from '../exercises/workspace.ts'
import { exerciseName } from '../scenarios/exercise-variant.ts'
import type { Lab, Site } from '../site.ts'
import { queryOf } from './course-view.ts'
import { checkOnce, forgetReport, keepTrouble } from './exercise-checks.ts'
import { exerciseView } from './exercise-view.ts'

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

  router.get('/:variant', async (req, res) => {
    const exercise = asked(req)
    await lab.refresh() // so that the page says of a file that was just saved whether it runs
    res.render('exercise', exerciseView(req, lab, site, exercise, languageOf(req.query['lang'])))
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
      forgetReport(exercise)
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

function back(req: Request, res: Response, { variant }: Exercise) {
  res.redirect(303, `/__lab/exercises/${variant}${queryOf(languageOf(req.query['lang']))}`)
}
