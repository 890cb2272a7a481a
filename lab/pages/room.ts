import express, { type Express, type Request } from 'express'
import createError from 'http-errors'
import * as v from 'valibot'
import { languageOf } from '../../common/words.ts'
import { sumUp } from '../hand-in/room.ts'
import { queryOf } from './course-view.ts'
import { questionsIn, roomView } from './room-view.ts'
import { roomWords } from './room-words.ts'
import { pageWords } from './words.ts'

const path = '/instructor/hand-ins'
const most = { files: 60, characters: 2_000_000 }

const body = v.object({
  files: v.pipe(
    v.array(
      v.object({
        name: v.pipe(v.string(), v.maxLength(300)),
        text: v.pipe(v.string(), v.maxLength(most.characters)),
      }),
    ),
    v.maxLength(most.files),
  ),
})

/**
 * The page on which an instructor puts the files of a room, and sees what they come to. They are sent to the lab on this
 * computer, which keeps none of them: as a page to be shown, or, at the same address with `.json`, as the sums.
 */
export function addRoom(app: Express): void {
  const common = (req: Request) => {
    const language = languageOf(req.query['lang'])
    const words = { ...pageWords[language], ...roomWords[language] }
    return { language, words, query: queryOf(language), path, most }
  }
  app.get(path, (req, res) => {
    res.render('hand-ins', common(req))
  })
  const parse = express.json({ limit: '128mb' })
  app.post(path, parse, (req, res) => {
    const shared = common(req)
    res.render('room', { ...shared, ...roomView(sumOf(req), shared.language) })
  })
  app.post(`${path}.json`, parse, (req, res) => {
    res.json(sumOf(req))
  })
}

function sumOf(req: Request) {
  const read = v.safeParse(body, req.body)
  if (!read.success) throw createError(400, 'files')
  return sumUp(read.output.files, questionsIn)
}
