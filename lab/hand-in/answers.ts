import express, { type Express } from 'express'
import createError from 'http-errors'
import * as v from 'valibot'
import { type Answers, answersForm } from './forms.ts'

/** What the pages of a lesson have told their lab, for as long as it runs. The browser keeps it too, and tells again. */
export interface ToldAnswers {
  last: Answers | undefined
}

/** Where a lesson page tells its lab what the learner said, so that all lessons can be handed in together. */
export function addAnswers(app: Express, told: ToldAnswers): void {
  app.get('/__lab/answers', (_req, res) => {
    res.json({ answers: told.last })
  })
  app.post('/__lab/answers', express.json({ limit: '64kb' }), (req, res) => {
    const read = v.safeParse(answersForm, req.body)
    if (!read.success) throw createError(400, 'answers')
    const { questions, ...rest } = read.output // of another host name, it is the same learner
    told.last = { ...rest, questions: { ...told.last?.questions, ...questions } }
    res.status(204).end()
  })
}
