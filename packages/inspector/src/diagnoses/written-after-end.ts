import { changedKeys, listed } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf, shown } from '../diagnose/found.ts'
import type { SeenStep } from '../diagnose/seen.ts'

/** The session was changed after the response had ended, and nobody saved it. */
export const writtenAfterEnd: Diagnosis = {
  id: 'written-after-end',
  kind: 'fault',
  title: {
    ja: 'レスポンスが終わったあとで変えたセッションが、保存されていない',
    en: 'what was put into the session after the response had ended is not saved',
  },
  fix: {
    words: {
      ja: '仕事が終わるのを待ってからレスポンスを返します。',
      en: 'Wait for the work, then answer.',
    },
    code: 'req.session.coupon = await lookUp(code)\nres.send(…)',
  },
  source: {
    title: 'express-session README, req.session.save',
    url: 'https://github.com/expressjs/session#sessionsavecallback',
  },
  find({ steps }) {
    const late = steps.filter(({ facts, why }) => facts.unsaved !== undefined && why !== 'bogus')
    const [first] = late
    if (!first) return []
    const keys = listed(keysOf(first))
    return [
      foundIn(
        late,
        {
          words: {
            ja: `${requestOf(first)}は、レスポンスが終わったあとでセッション(${keys})を変えました。自動の保存はもう済んでいるので、ストアには入りません。`,
            en: `${requestOf(first)} changed the session (${keys}) after its response had ended. The automatic save was over by then: the store never got it.`,
          },
          evidence: [
            shown(
              first,
              undefined,
              `レスポンスが終わったあとのセッションが、ストアに渡されたものと違います(${keys})。`,
              `The session after the end is not what the store was given (${keys}).`,
            ),
          ],
        },
        false,
      ),
    ]
  },
}

function keysOf({ exchange, facts }: SeenStep): string[] {
  const stored = exchange.calls.findLast(({ method, data }) => method !== 'destroy' && data !== null)?.data
  return changedKeys(stored ?? null, facts.unsaved ?? null)
}
