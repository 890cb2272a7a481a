import { evidenceOf, exchangeIdsOf, placeOf, routeOf, type SeenCall, timeText } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { type History, historiesOf } from '../diagnose/histories.ts'
import { sawAll } from '../diagnose/seen.ts'
import { expiryOf } from '../model/expiry.ts'

const tolerance = 60 // ms that a store may be early or late

interface Ending {
  /** When the row was last written, and for how long. */
  save: SeenCall
  lifetime: number
  /** The last use before, and the `get` that found no row any more. */
  use: SeenCall
  miss: SeenCall
  wasTouched: boolean
}

/** The row ended although the session was in use: no touch, or one that does not extend. */
export const rowEndsWhileInUse: Diagnosis = {
  id: 'row-ends-while-in-use',
  kind: 'fault',
  title: {
    ja: '使用中のセッションのレコードが、期限で消えた',
    en: 'the row of a session in use has expired',
  },
  fix: {
    words: {
      ja: 'touchで期限を延ばすストアにするか、resave: trueで毎回書きます。',
      en: 'Use a store whose touch extends the row, or write it each time with resave: true.',
    },
    code: 'touch(sid, session, callback) { /* expires = session.cookie.expires */ }',
  },
  source: {
    title: 'express-session README, store.touch',
    url: 'https://github.com/expressjs/session#storetouchsid-session-callback',
  },
  lab: { scenario: 'touch', variant: 'no-touch' },
  explains: ['rows-of-nobody', 'memory-store-forgot'],
  find(seen) {
    const endings = historiesOf(seen)
      .flatMap(endingsIn)
      .filter(({ save, miss }) => sawAll(seen, save.began, miss.ended))
    const [first] = endings
    if (!first?.use.exchange) return []
    const { save, use, miss, lifetime, wasTouched } = first
    const route = routeOf(first.use.exchange)
    const store = seen.sessions.find((one) => one.store === save.call.store)
    const why = whys[wasTouched ? 'touched' : store?.canTouch ? 'untouched' : 'none']
    const [idle, age] = [miss.began - use.ended, lifetime]
    return [
      {
        words: {
          ja: `${route}で使われた${timeText(idle)}後に、レコードがなくなっていました。最後に書かれてから${timeText(age)}で期限が切れたためです。${why.ja}。`,
          en: `${timeText(idle)} after ${route} had used the session its row was gone: it expired ${timeText(age)} after it was last written, and ${why.en}.`,
        },
        evidence: [
          evidenceOf(
            miss,
            'getはレコードを見つけませんでした。誰も消していません。',
            'get found no row, and nobody had destroyed it.',
          ),
          evidenceOf(use, 'ここではまだレコードがありました。', 'Here the row was still there.'),
          evidenceOf(save, '最後にレコードを書いたsetです。', 'This set wrote the row last.'),
        ],
        exchanges: exchangeIdsOf(endings.map((one) => one.miss)),
        ...placeOf(store),
      },
    ]
  },
}

const whys = {
  touched: {
    ja: 'touchは呼ばれましたが、レコードの期限を延ばしていません',
    en: 'touch was called and did not extend the row',
  },
  untouched: { ja: 'touchは呼ばれていません', en: 'touch was not called' },
  none: { ja: 'このストアにはtouchがありません', en: 'this store has no touch' },
} as const

function endingsIn(history: History): Ending[] {
  return history.flatMap((miss, at) => {
    const { call, isDone, began, exchange } = miss
    if (call.method !== 'get' || !isDone || call.data !== null || !exchange) return []
    const before = history.slice(0, at)
    const save = before.findLast((each) => each.call.method === 'set' && each.isDone)
    const since = save ? before.slice(before.indexOf(save) + 1) : []
    const use = since.findLast(
      (each) => each.call.method === 'get' && each.isDone && each.exchange && each.call.data !== null,
    )
    if (!save || !use || since.some((each) => !isHarmless(each))) return []
    const expires = expiryOf(save.call.data ?? '')
    if (typeof expires !== 'number') return []
    const lifetime = expires - save.ended
    const isOver = began > expires - tolerance
    const wasInUse = began < use.ended + lifetime - tolerance && use.ended < expires + tolerance
    if (lifetime < tolerance || !isOver || !wasInUse) return []
    const wasTouched = since.some((each) => each.call.method === 'touch')
    return [{ save, lifetime, use, miss, wasTouched }]
  })
}

/** Whoever destroys the row, or fails, is the cause himself. */
const isHarmless = ({ call }: SeenCall): boolean => call.method !== 'destroy' && call.error === null
