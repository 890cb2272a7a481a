import { evidenceOf, exchangeIdsOf, routeOf, type SeenCall } from '../diagnose/calls.ts'
import { dataOf, namesText } from '../diagnose/data.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { type History, historiesOf } from '../diagnose/histories.ts'
import type { Exchange } from '../exchange.ts'

/** Of these JSON keeps nothing, or something else. Of the others it keeps the data: whoever reads may know that. */
const whollyLost: ReadonlySet<string> = new Set([
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'RegExp', 'Error', 'TypeError', 'Promise', 'ArrayBuffer'],
  ...['NaN', 'Infinity', '-Infinity', 'Array key', 'symbol', 'name of a method'],
])

interface Loss {
  set: SeenCall
  /** `path: what it is` */
  losses: readonly string[]
  /** The request that read it back and failed. */
  failed: SeenCall | undefined
}

/** What was put into the session comes back from JSON as something else. */
export const typeLostInJson: Diagnosis = {
  id: 'type-lost-in-json',
  kind: 'fault',
  title: {
    ja: 'セッションの値の型がJSONで失われる',
    en: 'a value in the session loses its type in JSON',
  },
  fix: {
    words: {
      ja: 'JSONのままの値を入れ、使うときに作り直します。',
      en: 'Store plain JSON, and make the object from it where it is used.',
    },
    code: 'req.session.tags = [...tags]\nconst tags = new Set(req.session.tags)',
  },
  source: {
    title: 'express-session README, req.session',
    url: 'https://github.com/expressjs/session#reqsession',
  },
  find(seen) {
    const lost = historiesOf(seen).flatMap(lossesIn)
    const [first] = lost
    if (!first?.set.exchange) return []
    const route = routeOf(first.set.exchange)
    const what = namesText(first.losses.map((one) => one.replace(': ', ' (') + ')'))
    const failed = first.failed?.exchange
    return [
      {
        words: {
          ja: `${route}が入れた${what}は、ストアのJSONではそのまま残りません${failed ? `。読み戻した${routeOf(failed)}は${failed.status ?? 'レスポンスなし'}で終わりました` : ''}。`,
          en: `${what}, put into the session by ${route}, does not come back from JSON as it was${failed ? `, and ${routeOf(failed)}, which read it back, ended with ${failed.status ?? 'no answer'}` : ''}.`,
        },
        evidence: [
          evidenceOf(first.set, `setに渡された値: ${what}`, `What set was given: ${what}`),
          ...(first.failed
            ? [evidenceOf(first.failed, 'JSONから読み戻されました。', 'Read back from JSON.')]
            : []),
        ],
        exchanges: exchangeIdsOf(lost.flatMap(({ set, failed: other }) => (other ? [set, other] : [set]))),
      },
    ]
  },
}

/** Where JSON keeps the data, only a request that read it back and failed tells that somebody expected more. */
function lossesIn(history: History): Loss[] {
  return history.flatMap((set): Loss[] => {
    const losses = set.call.facts?.losses ?? []
    if (set.call.method !== 'set' || !set.isDone || losses.length === 0 || !set.exchange) return []
    const wholly = losses.filter((loss) => whollyLost.has(loss.slice(loss.lastIndexOf(': ') + 2)))
    if (wholly.length > 0) return [{ set, losses: wholly, failed: failedAfter(history, set, wholly) }]
    const failed = failedAfter(history, set, losses)
    return failed ? [{ set, losses, failed }] : []
  })
}

/** A request that read it back and failed, and says so; or one of the same part of the app, where it does not say why. */
function failedAfter(history: History, set: SeenCall, losses: readonly string[]): SeenCall | undefined {
  const keys = losses.map((loss) => /^[^.:[]*/.exec(loss)?.[0] ?? '')
  return history.find(({ call, exchange, began, isDone }) => {
    if (call.method !== 'get' || !isDone || began < set.ended || !exchange || exchange === set.exchange)
      return false
    const data = dataOf(call.data)
    const isThere = keys.some((key) => data && Object.hasOwn(data, key))
    const isStoreFine = exchange.calls.every(({ error }) => error === null)
    const isOfSamePart = partOf(exchange) === (set.exchange && partOf(set.exchange))
    const isFailure = exchange.status === 500 && (exchange.facts?.isTypeError || isOfSamePart)
    return isThere && isStoreFine && isFailure === true
  })
}

/** `/cart` of `/cart/add?x` */
const partOf = ({ url }: Exchange): string | undefined => /^\/[^/?]*/.exec(url)?.[0]
