import type { Store } from 'express-session'
import { ask, describe, type Method, messageOf, offers, type Reply } from '../calls.ts'
import { type Finding, type Json, no, yes } from '../claim.ts'
import { sessionOf } from '../context.ts'

/** What requests ask of a store, all at once. */
export function callAll(store: Store, sid: string): Promise<Reply[]> {
  const all: [Method, ...unknown[]][] = [
    ['get', sid],
    ['set', sid, sessionOf({ n: 2 })],
    ['touch', sid, sessionOf({ n: 2 })],
    ['destroy', sid],
  ]
  const offered = all.filter(([method]) => offers(store, method))
  return Promise.all(offered.map(([method, ...args]) => ask(store, method, args)))
}

/** Whether each call was an error by callback. */
export function allRefused(replies: readonly Reply[]): Finding {
  const evidence: Json = Object.fromEntries(replies.map((reply) => [reply.method, describe(reply)]))
  const bad = replies.filter(({ by, error }) => by !== 'callback' || error === undefined)
  if (bad.length === 0) return yes(evidence)
  return no({ ja: grouped(bad, inJapanese, '、'), en: grouped(bad, inEnglish, '; ') }, evidence)
}

export const inJapanese = ({ by, error }: Reply) =>
  ({
    callback: '成功したと答えた',
    throw: `例外を投げた(${messageOf(error)})`,
    silence: 'コールバックが呼ばれない',
  })[by]
export const inEnglish = ({ by, error }: Reply) =>
  ({
    callback: 'it reported success',
    throw: `it threw (${messageOf(error)})`,
    silence: 'it did not call back',
  })[by]

/** What came of several calls: `get, set: it did not call back; destroy: …`. */
function grouped(replies: readonly Reply[], inWords: (reply: Reply) => string, between: string): string {
  const texts = [...new Set(replies.map(inWords))]
  const those = (text: string) => replies.filter((reply) => inWords(reply) === text)
  const methods = (text: string) => those(text).map(({ method }) => method)
  return texts.map((text) => `${methods(text).join(', ')}: ${text}`).join(between)
}
