import { bySession, exchangesOf, long, nameOf, shownCall, timedCalls } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { isStale, lossIn } from '../diagnose/lives.ts'

const margin = 0.95 // of a lifetime: a request that came at the last moment proves nothing

/** The row of a session that was in use ended with the lifetime of the last set: nothing extends it. */
export const rowEndsWhileInUse: Diagnosis = {
  id: 'row-ends-while-in-use',
  kind: 'fault',
  title: {
    ja: '使い続けているのに、ストアのレコードが期限切れになる',
    en: 'the record ends although the session is in use',
  },
  fix: {
    words: {
      ja: 'touchで期限を延ばすストアにするか、resave: trueにします。',
      en: 'Use a store whose touch extends the expiry, or resave: true.',
    },
    code: 'session({ …, resave: true })',
  },
  source: { title: 'express-session README, resave', url: 'https://github.com/expressjs/session#resave' },
  lab: { scenario: 'touch' },
  explains: ['rows-of-nobody', 'cookie-ends-while-in-use'],
  find(seen) {
    const losses = bySession(timedCalls(seen)).flatMap((calls) => {
      const loss = lossIn(calls)
      if (!loss || isStale(loss.written) || loss.idle > loss.lifetime * margin) return []
      const age = loss.missing.begin - (loss.written.end ?? loss.written.begin)
      return age >= loss.lifetime * margin ? [{ ...loss, age }] : []
    })
    const [first] = losses
    if (!first) return []
    const { missing, idle, lifetime, age, written } = first
    const call = seen.sessions.find(({ store }) => store === written.call.store)
    const why = call?.canTouch
      ? { ja: 'touchは期限を延ばしていません', en: 'its touch extends nothing' }
      : { ja: 'ストアにtouchがありません', en: 'the store has no touch' }
    return [
      {
        words: {
          ja: `${long(idle)}前にも使われていたのに、${nameOf(missing, 'ja')}はレコードを見つけません。最後のsetから${long(age)}(期限は${long(lifetime)})で、${why.ja}。`,
          en: `It was in use ${long(idle)} before, and ${nameOf(missing, 'en')} finds no record: ${long(age)} after the last set (lifetime ${long(lifetime)}), and ${why.en}.`,
        },
        evidence: [
          shownCall(written, '期限を決めた最後のsetです。', 'The last set, which gave it its expiry.'),
          shownCall(missing, 'ここでレコードがありません。', 'Here the record is gone.'),
        ],
        exchanges: exchangesOf(losses.map((loss) => loss.missing)),
        ...(call?.where !== undefined && { where: call.where }),
      },
    ]
  },
}
