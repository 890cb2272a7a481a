import type { Express, Request } from 'express'
import { type Language, languageOf } from '../../common/words.ts'
import { collectHandIn, type RunningLab } from '../hand-in/collect.ts'
import { queryOf } from './course-view.ts'
import { pageWords } from './words.ts'

const ja = {
  title: '提出する',
  lead: 'ここまでの記録を1つのファイルに保存し、講師に渡します。ラボがファイルをどこかへ送信することはありません。',
  holds: 'ファイルに入るもの',
  contents: [
    '予想、見えたもの、測定の結果(自分の言葉で書いた答えも)',
    '練習問題の状態(始めた、解けた、開いたヒントの数)',
    'リクエストのタイムライン(時刻、メソッド、URL、ステータスだけ。sidはsid-1のような別名になり、署名とセッションの中身は入りません)',
  ],
  reopen:
    'ラボを起動し直したときは、答えを入れたいレッスンを一度ずつ開いてください。答えはブラウザーが覚えています。',
  name: '名前(書かなくてもかまいません)',
  save: 'ファイルを保存する',
  course: 'コース',
}

const en: typeof ja = {
  title: 'Hand in',
  lead: 'Save what you have done so far as one file, and give it to your instructor. The lab itself sends it nowhere.',
  holds: 'What is in the file',
  contents: [
    'Your predictions, what you saw and what was measured (also what you wrote in words of your own)',
    'The state of your exercises: begun, solved, how many hints were opened',
    'The timeline of requests (time, method, URL, status). Sids become aliases such as sid-1; no signatures, and nothing that lies in a session',
  ],
  reopen:
    'If the lab was started anew, open each lesson once whose answers are to be in it: your browser has kept them.',
  name: 'Your name (if you like)',
  save: 'Save the file',
  course: 'Course',
}

/** What the page for handing in says. */
export const handInWords: Readonly<Record<Language, typeof ja>> = { ja, en }

/**
 * The page from which a learner takes the one file to hand in, and the file.
 * @param path where the page is; the file is at the same address with `.json`
 * @param labs those that are running
 * @param home where the course is, or the lesson where it runs alone
 */
export function addHandIn(
  app: Express,
  path: string,
  labs: () => readonly RunningLab[],
  home: (req: Request) => string,
): void {
  app.get(path, (req, res) => {
    const language = languageOf(req.query['lang'])
    const words = { ...pageWords[language], ...handInWords[language] }
    res.render('hand-in', { language, words, path, home: home(req) + queryOf(language) })
  })
  app.get(`${path}.json`, async (req, res) => {
    const file = await collectHandIn(labs(), String(req.query['name'] ?? ''))
    res.attachment('session-lab-hand-in.json').json(file)
  })
}
