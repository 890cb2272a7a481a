import { changedKeys, listed, long } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf, shown } from '../diagnose/found.ts'
import type { SeenStep } from '../diagnose/seen.ts'
import type { StoreCall } from '../exchange.ts'

const atOnce = 5 // ms: MemoryStore has the session at once, and only answers a little later

/** A redirect leaves while the session that it changed is still being saved. */
export const redirectWithoutSave: Diagnosis = {
  id: 'redirect-without-save',
  kind: 'risk',
  title: {
    ja: 'セッションの保存を待たずに、リダイレクトしている',
    en: 'a redirect leaves before the session is saved',
  },
  fix: {
    words: {
      ja: 'save()のコールバックの中でリダイレクトします。',
      en: 'Redirect in the callback of save().',
    },
    code: "req.session.save((error) => (error ? next(error) : res.redirect('/')))",
  },
  source: {
    title: 'express-session README, Session.save',
    url: 'https://github.com/expressjs/session#sessionsavecallback',
  },
  lab: { scenario: 'redirect-save' },
  find({ steps }) {
    const early = steps.flatMap((step) => {
      const call = lateSave(step)
      return call ? [{ step, call }] : []
    })
    const [first] = early
    if (!first) return []
    const { step, call } = first
    const { headAt } = step.exchange
    const late = long(call.at + (call.duration ?? 0) - (headAt ?? 0))
    const keys = listed(changedKeys(readBy(step), call.data))
    return [
      foundIn(
        early.map((one) => one.step),
        {
          words: {
            ja: `${requestOf(step)}は、セッション(${keys})の保存が終わる${late}前にリダイレクトを返しました。次のページが先に読むと、古い内容になります。`,
            en: `${requestOf(step)} sent its redirect ${late} before the session (${keys}) had been saved. A next page that is quicker reads the old one.`,
          },
          evidence: [
            shown(
              step,
              undefined,
              `ステータス${step.exchange.status}は${long(headAt ?? 0)}で出て、setはそのあとに終わりました。`,
              `Status ${step.exchange.status} left after ${long(headAt ?? 0)}; the set ended later.`,
            ),
          ],
        },
        false,
      ),
    ]
  },
}

const readBy = ({ exchange }: SeenStep) => exchange.calls.find(({ method }) => method === 'get')?.data ?? null

/** The set that was not over when the redirect left, where it had something new. */
function lateSave(step: SeenStep): StoreCall | undefined {
  const { exchange, sessionCall } = step
  const { status, headAt, location, calls, end } = exchange
  if (status === null || status < 300 || status > 399 || headAt === null || location === null)
    return undefined
  if (end !== 'finished') return undefined
  const ended = ({ at, duration }: StoreCall) =>
    duration === null ? Number.POSITIVE_INFINITY : at + duration
  const sets = calls.filter(({ method, error }) => method === 'set' && error === null)
  const isInTime = (call: StoreCall) => ended(call) <= headAt
  const late = sets.find((call) => !isInTime(call))
  if (!late || changedKeys(null, late.data).length === 0) return undefined
  const isSaved = sets.some((call) => isInTime(call) && changedKeys(call.data, late.data).length === 0)
  const isOld = calls.some(
    ({ method, sid, data }) =>
      method === 'get' && sid === late.sid && changedKeys(data, late.data).length === 0,
  )
  const isInMemory = sessionCall?.rows === 'memory' && ended(late) - headAt < atOnce
  return isSaved || isOld || isInMemory ? undefined : late
}
