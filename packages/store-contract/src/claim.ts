import type { Bench } from './bench.ts'

/** One text in both languages. */
export type Words = Readonly<Record<'ja' | 'en', string>>

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** `no` to a property (`restart.keeps`) is a fact about the store, `no` to a promise a fault. */
export type Answer = 'yes' | 'no' | 'not-offered' | 'cannot-tell'

/** What a claim came to. */
export interface Found {
  answer: Answer
  /** What happened instead, or why it cannot be told; left out for `yes`. */
  instead?: Words
  /** What was seen. */
  evidence: Json
}

/** What a claim is about, in the order in which a report shows them. */
export const subjects = [
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
  id: `${(typeof subjects)[number]}.${string}`
  title: Words
  /** A property may hold or not; a promise that does not hold is a fault. */
  kind: 'promise' | 'property'
  /** It mostly waits: all such claims are run at the same time. */
  waits?: true
  /** It may leave the store unusable: the next claim gets another. */
  spoils?: true
  /** @throws NotAnswered when a method of the store fails where it should not: this is a `no` */
  check(bench: Bench): Promise<Found>
}

export const yes = (evidence: Json): Found => ({ answer: 'yes', evidence })
export const no = (instead: Words, evidence: Json): Found => ({ answer: 'no', instead, evidence })
export const notOffered = (instead: Words): Found => ({ answer: 'not-offered', instead, evidence: null })
export const cannotTell = (instead: Words, evidence: Json = null): Found => ({
  answer: 'cannot-tell',
  instead,
  evidence,
})

/** The answer to a method that the store does not have. */
export const withoutMethod = (method: string): Found =>
  notOffered({ ja: `${method} がない`, en: `it has no ${method}` })

/** `yes`, or `no` with the words of what happened instead. */
export const holds = (isSo: boolean, instead: Words, evidence: Json): Found =>
  isSo ? yes(evidence) : no(instead, evidence)
