import { callsIn, evidenceOf, idsOf, placeOf, routeOf, type SeenCall, timeText } from '../diagnose/calls.ts'
import { dataOf, isSame, keysThatDiffer, namesText } from '../diagnose/data.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import type { SeenStep } from '../diagnose/seen.ts'

/** The redirect left before the session that it leads to was saved. */
export const redirectWithoutSave: Diagnosis = {
  id: 'redirect-without-save',
  kind: 'risk',
  title: {
    ja: 'セッションの保存を待たずにリダイレクトしている',
    en: 'a redirect leaves before the session is saved',
  },
  fix: {
    words: {
      ja: 'saveのコールバックの中でリダイレクトします。',
      en: 'Redirect in the callback of save.',
    },
    code: "req.session.save((error) => (error ? next(error) : res.redirect('/')))",
  },
  source: {
    title: 'express-session README, Session.save(callback)',
    url: 'https://github.com/expressjs/session#sessionsavecallback',
  },
  lab: { scenario: 'redirect-save', variant: 'no-save' },
  find({ steps }) {
    const early = steps.flatMap((step) => {
      const save = lateSave(step)
      return save ? [{ step, save }] : []
    })
    const [first] = early
    if (!first) return []
    const { exchange, sessionCall } = first.step
    const ahead = timeText(first.save.ended - exchange.at - (exchange.headAt ?? 0))
    const keys = namesText(newKeys(first.save))
    return [
      {
        words: {
          ja: `${routeOf(exchange)}のリダイレクトは、${keys}の保存が終わる${ahead}前に送られました。速い訪問者は保存前のレコードを読みます。`,
          en: `The redirect of ${routeOf(exchange)} left ${ahead} before ${keys} was saved: a quick visitor reads the row of before.`,
        },
        evidence: [
          evidenceOf(
            first.save,
            'このsetが終わったのは、ヘッダーが出た後です。',
            'This set ended when the headers had left.',
          ),
        ],
        exchanges: idsOf(early.map(({ step }) => step)),
        ...placeOf(sessionCall),
      },
    ]
  },
}

const least = 1 // ms: a store that is done sooner writes at once, too

/** The save of a redirect that nothing of the same content had preceded, and that ended when the redirect had left. */
function lateSave({ exchange, sessionCall }: SeenStep): SeenCall | undefined {
  const { status, location, headAt, at } = exchange
  if (status === null || status < 300 || status > 399 || location === null || headAt === null)
    return undefined
  // this one writes at once: the callback alone is late
  if (sessionCall?.storeName === 'MemoryStore') return undefined
  const sent = at + headAt
  const saves = callsIn(exchange).filter(
    ({ call, isDone, isOutside }) => call.method === 'set' && isDone && !isOutside,
  )
  const save = saves.at(-1)
  if (!save || save.ended - sent < least || newKeys(save).length === 0) return undefined
  const isKept = saves.some(
    ({ call, ended }) =>
      call.sid === save.call.sid && ended <= sent && isSame(dataOf(call.data), dataOf(save.call.data)),
  )
  return isKept ? undefined : save
}

/** What the save changes of what the request had read. */
function newKeys({ exchange, call }: SeenCall): string[] {
  const read = exchange?.calls.findLast(
    ({ method, sid, data }) => method === 'get' && sid === call.sid && data !== null,
  )
  return keysThatDiffer(dataOf(read?.data ?? null) ?? {}, dataOf(call.data) ?? {})
}
