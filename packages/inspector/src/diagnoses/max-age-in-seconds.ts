import { parsed } from '../diagnose/cookies.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import type { Seen, SeenStep } from '../diagnose/seen.ts'
import type { SessionCall } from '../exchange.ts'

const hours = [1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 18].map((hour) => hour * 3_600)
const days = [1, 2, 3, 4, 5, 6, 7, 10, 14, 15, 21, 28, 30, 31, 60, 90, 180, 365].map((day) => day * 86_400)
/** What people write for 10 minutes to a year, in seconds; nobody means that many milliseconds. */
const usual: ReadonlySet<number> = new Set([600, 900, 1_200, 1_800, 2_700, ...hours, ...days])

/** `maxAge` was meant in seconds. */
export const maxAgeInSeconds: Diagnosis = {
  id: 'max-age-in-seconds',
  kind: 'risk',
  title: { ja: 'maxAgeが秒で書かれているように見える', en: 'maxAge looks like seconds' },
  fix: {
    words: {
      ja: 'maxAgeの単位はミリ秒です。1000を掛けます。',
      en: 'maxAge is in milliseconds: multiply by 1000.',
    },
    code: 'session({ …, cookie: { maxAge: 60 * 60 * 1000 } })',
  },
  source: {
    title: 'express-session README, cookie.maxAge',
    url: 'https://github.com/expressjs/session#cookiemaxage',
  },
  lab: { scenario: 'per-visitor-cookie', variant: 'in-seconds' },
  explains: [
    ...[
      'cookie-ends-while-in-use',
      'row-ends-while-in-use',
      'saved-with-stale-expiry',
      'rows-of-nobody',
      'born-expired',
    ],
    ...['memory-store-forgot', 'read-before-saved'],
  ],
  find({ sessions, steps }) {
    const told = sessions.flatMap((call) => {
      const age = ageIn(call)
      return age === undefined ? [] : [{ age, ids: usingOf(call, steps), where: call.where, name: call.name }]
    })
    const atRun = steps.flatMap((step) => {
      const age = writtenAge(step)
      if (age === undefined || told.some(({ name }) => name === step.session.name)) return []
      return [{ age, ids: [step.exchange.id], where: undefined, name: step.session.name ?? '' }]
    })
    return [...told, ...atRun].map(({ age, ids, where, name }) => ({
      about: name,
      words: {
        ja: `${name}のmaxAgeは${age}、つまり${age / 1000}秒です。${lengthOf(age).ja}のつもりなら、1000を掛けます。`,
        en: `The maxAge of ${name} is ${age}, that is ${age / 1000} s. If ${lengthOf(age).en} is meant, multiply by 1000.`,
      },
      evidence: [
        {
          ...(ids[0] !== undefined && { exchange: ids[0] }),
          line: `cookie.originalMaxAge: ${age}`,
          words: { ja: '単位はミリ秒です。', en: 'The unit is the millisecond.' },
        },
      ],
      exchanges: ids,
      ...(where !== undefined && { where }),
    }))
  },
}

const usualOf = (age: unknown): number | undefined =>
  typeof age === 'number' && usual.has(age) ? age : undefined

function ageIn({ cookie }: SessionCall): number | undefined {
  if (typeof cookie !== 'object') return undefined
  return usualOf(cookie['maxAge']) ?? usualOf(cookie['expires'])
}

/** The age of a session that was given one while running, in ms. */
function writtenAge({ exchange }: SeenStep): number | undefined {
  const data = exchange.calls.findLast(({ method }) => method === 'set')?.data
  const cookie = parsed(data)?.['cookie'] as { originalMaxAge?: unknown } | undefined
  return usualOf(cookie?.originalMaxAge)
}

const usingOf = ({ name }: SessionCall, steps: Seen['steps']): number[] =>
  steps
    .filter(({ session, isOfSession }) => isOfSession && session.name === name)
    .map(({ exchange }) => exchange.id)

function lengthOf(seconds: number) {
  if (seconds >= 86_400) return { ja: `${seconds / 86_400}日`, en: `${seconds / 86_400} d` }
  if (seconds >= 3_600) return { ja: `${seconds / 3_600}時間`, en: `${seconds / 3_600} h` }
  return { ja: `${seconds / 60}分`, en: `${seconds / 60} min` }
}
