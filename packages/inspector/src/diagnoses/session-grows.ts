import { bySession, exchangesOf, nameOf, shownCall, type TimedCall, timedCalls } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'

const fewest = 15 // saves of one session
const mostlyGrowing = 0.8 // of them
const factor = 3
const smallest = 2_000 // characters

/** What is saved gets larger with almost every request. */
export const sessionGrows: Diagnosis = {
  id: 'session-grows',
  kind: 'risk',
  title: {
    ja: 'セッションが、リクエストのたびに大きくなっている',
    en: 'the session gets larger with every request',
  },
  fix: {
    words: {
      ja: '残す件数を決めて、古いものから捨てます。',
      en: 'Limit what is kept.',
    },
    code: 'req.session.seen = [...seen, page].slice(-5)',
  },
  source: {
    title: 'express-session README, req.session',
    url: 'https://github.com/expressjs/session#reqsession',
  },
  find(seen) {
    const growing = bySession(timedCalls(seen)).flatMap((calls) => {
      const sets = calls.filter(({ call }) => call.method === 'set' && call.error === null)
      return isGrowing(sets.map(sizeOf)) ? [sets] : []
    })
    const [sets] = growing
    const [first, last] = [sets?.at(0), sets?.at(-1)]
    if (!sets || !first || !last) return []
    return [
      {
        words: {
          ja: `1つのセッションが、${sets.length}回の保存で${sizeOf(first)}文字から${sizeOf(last)}文字になりました。減ることがありません。`,
          en: `One session grew from ${sizeOf(first)} to ${sizeOf(last)} characters in ${sets.length} saves, and never gets smaller.`,
        },
        evidence: [
          shownCall(
            first,
            `${nameOf(first, 'ja')}: ${sizeOf(first)}文字`,
            `${nameOf(first, 'en')}: ${sizeOf(first)} characters`,
          ),
          shownCall(
            last,
            `${nameOf(last, 'ja')}: ${sizeOf(last)}文字`,
            `${nameOf(last, 'en')}: ${sizeOf(last)} characters`,
          ),
        ],
        exchanges: exchangesOf(growing.flat()),
      },
    ]
  },
}

const sizeOf = ({ call }: TimedCall) => call.facts?.size ?? 0

function isGrowing(sizes: readonly number[]): boolean {
  const [first = 0, last = 0] = [sizes.at(0), sizes.at(-1)]
  const steps = sizes.slice(1).map((size, index) => size - (sizes[index] ?? 0))
  const larger = steps.filter((step) => step > 0).length
  const isNeverLess = steps.every((step) => step >= -50) // an expiry has not always the same length
  return (
    sizes.length >= fewest &&
    isNeverLess &&
    larger >= steps.length * mostlyGrowing &&
    last >= smallest &&
    last >= first * factor
  )
}
