import { callsIn, evidenceIn, evidenceOf, idsOf, placeOf, routeOf, type SeenCall } from '../diagnose/calls.ts'
import { dataOf, namesText } from '../diagnose/data.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import type { SeenStep } from '../diagnose/seen.ts'

/** A new session was filled when the head of the response had left: its cookie can no longer go out. */
export const writtenAfterHeaders: Diagnosis = {
  id: 'written-after-headers',
  kind: 'fault',
  title: {
    ja: 'ヘッダーを送った後でセッションに書いている',
    en: 'the session is written when the headers have left',
  },
  fix: {
    words: {
      ja: '最初のres.writeやflushHeadersより前に書きます。',
      en: 'Write to the session before the first res.write or flushHeaders.',
    },
    code: "req.session.language = 'nl'\nres.write('<h1>…')",
  },
  source: { title: 'expressjs/session#570', url: 'https://github.com/expressjs/session/issues/570' },
  lab: { scenario: 'per-visitor-cookie', variant: 'streamed' },
  explains: ['rows-of-nobody', 'written-after-end'],
  find({ steps }) {
    const late = steps.flatMap((step) => {
      const writing = writingOf(step)
      return writing ? [{ step, ...writing }] : []
    })
    const [first] = late
    if (!first) return []
    const { exchange, sessionCall } = first.step
    const keys = namesText(Object.keys(dataOf(first.data) ?? {}))
    return [
      {
        words: {
          ja: `${routeOf(exchange)}は、ヘッダーを送った後で新しいセッションに${keys}を書きました。Set-Cookieはもう送れず、次のリクエストはこのセッションに戻れません。`,
          en: `${routeOf(exchange)} wrote ${keys} to a new session when the headers had left: no Set-Cookie could go out, and no later request finds this session.`,
        },
        evidence: [
          first.save
            ? evidenceOf(
                first.save,
                'ヘッダーが出た後のsetで、レスポンスにSet-Cookieはありません。',
                'This set came after the headers; the response has no Set-Cookie.',
              )
            : evidenceIn(
                exchange,
                'ヘッダーの後で書かれ、レスポンスにSet-Cookieはありません。',
                'Written after the headers; the response has no Set-Cookie.',
              ),
        ],
        exchanges: idsOf(late.map(({ step }) => step)),
        ...placeOf(sessionCall),
      },
    ]
  },
}

/** What was put into a session of which the visitor has not the id, and will not get it. */
function writingOf(step: SeenStep): { data: string | null; save?: SeenCall } | undefined {
  const { exchange, facts, sessionSet, sent, why } = step
  const { headAt, end, at, calls, debug } = exchange
  if (sessionSet || headAt === null || debug.length === 0) return undefined
  if (why === 'not-secured' || why === 'store-error' || why === 'no-session') return undefined
  const isNew = (sid: string) => !sent.some((cookie) => cookie.sid === sid && cookie.state !== 'wrong')
  const save = callsIn(exchange).find(
    ({ call, began, isDone, isOutside }) =>
      call.method === 'set' &&
      isDone &&
      !isOutside &&
      isNew(call.sid) &&
      began > at + headAt &&
      Object.keys(dataOf(call.data) ?? {}).length > 0,
  )
  if (save) return { data: save.call.data, save }
  // a stream that its visitor ended: nothing was ever saved
  const isFresh = debug.some((line) => line.startsWith('no SID sent') || line === 'no session found')
  const isStream = isFresh && end === 'cut' && calls.every(({ method }) => method === 'get')
  return isStream && facts.unsaved !== undefined ? { data: facts.unsaved } : undefined
}
