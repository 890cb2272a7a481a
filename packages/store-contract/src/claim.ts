import type { TestContext } from './context.ts'
import type { Words } from './words.ts'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** `no` to a property (`process.restart`) is a fact about the store, `no` to a promise a fault. */
export type Answer = 'yes' | 'no' | 'not-offered' | 'cannot-tell'

/** What a claim came to. */
export interface Finding {
  answer: Answer
  /** What happened instead, or why there is no answer; left out for `yes`. */
  instead?: Words
  /** What was seen. */
  evidence: Json
}

/** What claims are about, in the order in which a report shows them. */
export const topics = [
  'shape',
  'data',
  'sid',
  'expiry',
  'touch',
  'optional',
  'callback',
  'failure',
  'process',
] as const

/** One sentence about a store, with the way to find out. */
export interface Claim {
  id: `${(typeof topics)[number]}.${string}`
  title: Words
  /** A property may hold or not; a promise that does not hold is a fault. */
  kind: 'promise' | 'property'
  /** It mostly waits: all such claims are run at the same time. */
  waits?: true
  /** It may leave the store unusable: the next claim gets another. */
  spoils?: true
  /** @throws NotAnswered when a method of the store fails where it should not: this is a `no` */
  check(context: TestContext): Promise<Finding>
}

export const yes = (evidence: Json): Finding => ({ answer: 'yes', evidence })
export const no = (instead: Words, evidence: Json): Finding => ({ answer: 'no', instead, evidence })
export const notOffered = (instead: Words): Finding => ({ answer: 'not-offered', instead, evidence: null })
export const cannotTell = (instead: Words, evidence: Json = null): Finding => ({
  answer: 'cannot-tell',
  instead,
  evidence,
})

/** The answer to a method that the store does not have. */
export const withoutMethod = (method: string): Finding =>
  notOffered({ ja: `${method} がない`, en: `it has no ${method}` })

/** `yes`, or `no` with the words of what happened instead. */
export const holds = (isSo: boolean, instead: Words, evidence: Json): Finding =>
  isSo ? yes(evidence) : no(instead, evidence)
