import type { Language } from '../../common/words.ts'
import { questions } from '../../symptoms/questions.ts'
import { chapters, lessons, placeOf } from '../course/course.ts'
import { effects, stations } from '../course/map.ts'
import { readScenario } from '../scenarios/scenarios.ts'

const ja = {
  lead: 'Cookieの中のIDが、サーバーのレコードを指します。期限は2つあり、別々に動きます。丸の中の数字は、コースの番号です。',
  way: '1つのリクエストの道のり',
  effects: '何をすると、どちらがどうなるか',
  effectsNote: 'maxAgeあり、resave: false、saveUninitialized: falseのとき',
  doing: 'すること',
  cookie: 'ブラウザーのCookie',
  row: 'サーバーのレコード',
  seen: 'レッスン',
  path: '続かないときは、上から順に',
  print: 'A4の横1枚に印刷できます。',
}

const en: typeof ja = {
  lead: 'The ID in the cookie points to the row on the server. There are two expiries, and each moves by itself. The numbers in circles are those of the course.',
  way: 'The way of one request',
  effects: 'What becomes of which',
  effectsNote: 'with maxAge, resave: false, saveUninitialized: false',
  doing: 'What is done',
  cookie: 'Cookie in the browser',
  row: 'Row on the server',
  seen: 'Lesson',
  path: 'When it does not go on, from the top',
  print: 'It prints on one sheet of A4, landscape.',
}

/** What the map of the subject says. */
export const mapWords: Readonly<Record<Language, typeof ja>> = { ja, en }

/** The whole subject on one sheet: the way of a request, what changes what, where to look, and where it is taught. */
export function mapView(language: Language) {
  const number = (slug: string) => placeOf(slug)?.number
  return {
    stations: stations.map(({ title, what, slug }) => ({
      title: title[language],
      what: what[language],
      number: number(slug),
    })),
    effects: effects.map(({ doing, cookie, row, slug }) => ({
      doing: doing[language],
      cookie: cookie[language],
      row: row[language],
      number: number(slug),
    })),
    questions: questions.map(({ words }) => words[language]),
    chapters: chapters.map((chapter) => ({
      title: chapter.title[language],
      lessons: chapter.lessons.map((lesson) => ({
        number: lessons.indexOf(lesson) + 1,
        title: readScenario(lesson.slug).title[language],
      })),
    })),
  }
}
