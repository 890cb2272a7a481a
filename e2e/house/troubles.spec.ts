import { diagnoses } from '#inspector'
import { createSearch } from '../../docs-site/search/search.ts'
import { documentsIn } from '../../docs-site/troubles/documents.ts'
import { questions } from '../../symptoms/questions.ts'
import { symptoms } from '../../symptoms/symptoms.ts'
import { tells } from '../../symptoms/tells.ts'
import { test as appTest } from '../support/fixtures.ts'
import { expect, test } from '../support/worker.ts'

const known = diagnoses.map(({ id }) => id).sort()

test('each symptom and each question leads to causes that the inspector can name', () => {
  const named = [...symptoms.flatMap(({ causes }) => causes), ...questions.flatMap(({ no }) => no)]
  expect([...new Set(named)].filter((id) => !known.includes(id))).toEqual([])
})

test('each cause has a symptom, and a sentence that tells it from the others', () => {
  const reached = new Set(symptoms.flatMap(({ causes }) => causes))
  expect(known.filter((id) => !reached.has(id))).toEqual([])
  expect(Object.keys(tells).sort()).toEqual(known)
})

const search = { ja: createSearch(documentsIn('ja')), en: createSearch(documentsIn('en')) }
for (const [language, question, expected] of [
  ['ja', 'プロキシ', 'cause:proxy-not-trusted'],
  ['ja', 'nginxの後ろで', 'symptom:works-locally-not-in-production'],
  ['ja', 'リクエストのたびに新しいセッション', 'symptom:new-session-each-time'],
  ['ja', 'React', 'symptom:spa-no-cookie'],
  ['ja', 'クッキーが保存されない', 'symptom:cookie-not-kept'],
  ['ja', 'デプロイでログアウト', 'symptom:gone-after-restart'],
  ['ja', 'rolling', 'statement:rolling.default-false'],
  ['en', "Cannot read properties of undefined (reading 'user')", 'symptom:session-is-undefined'],
  ['en', 'behind a reverse proxy', 'symptom:works-locally-not-in-production'],
  ['en', 'not secured', 'cause:secure-over-http'],
  ['en', 'regenerate', 'statement:session.regenerate.new-sid-and-session-instance'],
  ['en', 'memroy store restart', 'symptom:gone-after-restart'],
  ['en', 'tap counter', 'scenario:counter'],
  ['en', 'pathname mismatch', 'statement:cookie.path.sets-attribute'],
  ['ja', 'saveUninitialized', 'section:options-saveuninitialized'],
  ['en', 'BigInt', 'finding:finding.bigint-ends-the-process'],
] as const) {
  test(`"${question}" finds ${expected}`, () => {
    expect(
      search[language](question)
        .slice(0, 5)
        .map(({ url }) => url),
    ).toContain(expected)
  })
}

test('what is in no document finds nothing', () => {
  expect(search.ja('量子もつれ')).toEqual([])
  expect(search.en('  ')).toEqual([])
})

test.describe('beside a single demo', () => {
  appTest.use({ app: 'playground' })

  appTest(
    'are the symptoms, the causes, the search and the paste page, linked from its lab page',
    async ({ request }) => {
      const read = async (path: string) => {
        const response = await request.get(path)
        return response.status() === 200 ? response.text() : `status ${response.status()}`
      }
      const lab = await read('/__lab/?lang=en')
      for (const link of ['/__lab/troubles?lang=en', '/__lab/paste?lang=en'])
        expect(lab).toContain(`href="${link}"`)
      expect(await read('/__lab/troubles?lang=en')).toContain('href="/__lab/causes/secure-over-http?lang=en"')
      // of another scenario, which does not run here: how to start it
      expect(await read('/__lab/causes/secure-over-http?lang=en')).toContain('npm run demo:')
      expect(await read('/__lab/search?q=not+secured&lang=en')).toContain('/__lab/causes/secure-over-http')
      expect(await read('/__lab/paste?lang=en')).toContain('<textarea')
    },
  )
})
