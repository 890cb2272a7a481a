import type { TestInfo } from 'playwright/test'
import * as v from 'valibot'
import {
  type Evidence,
  evidence,
  type SeenCall,
  type SeenCookie,
  type SeenExchange,
  type SeenRow,
} from '../../docs-site/results/evidence.ts'
import { lineOf, type SetCookie } from './wire.ts'

/** One, or several in their order; null or undefined where one was looked for and is not there. */
type Several<T> = T | null | undefined | readonly (T | null | undefined)[]
type Keep<T> = (label: string, seen: T) => Promise<void>

/** Keeps what a test has seen with its result: the living documentation shows it, by its kind. */
export interface Keeper {
  exchange: Keep<Several<SeenExchange>>
  calls: Keep<Several<SeenCall>>
  /** `Set-Cookie` lines as they left, or taken apart. */
  setCookie: Keep<Several<string | SetCookie>>
  /** Cookies of the browser's jar. */
  cookie: Keep<Several<SeenCookie>>
  row: Keep<Several<SeenRow>>
  /** Anything else that JSON can say. */
  json: Keep<unknown>
}

/** What a piece of evidence is attached as. */
export const evidenceType = 'application/json'

const listOf = <T>(seen: Several<T>): (T | null)[] =>
  (isList(seen) ? seen : seen === undefined || seen === null ? [] : [seen]).map((each) => each ?? null)
const isList = <T>(seen: Several<T>): seen is readonly (T | null | undefined)[] => Array.isArray(seen)

const asLine = (seen: string | SetCookie | null) =>
  seen === null || typeof seen === 'string' ? seen : lineOf(seen)

/** Evidence that goes with the result of a test. */
export function keepWith(testInfo: TestInfo): Keeper {
  const keep = (seen: Evidence) =>
    testInfo.attach(seen.label, {
      body: JSON.stringify(v.parse(evidence, seen), null, 2),
      contentType: evidenceType,
    })
  return {
    exchange: (label, seen) => keep({ kind: 'exchange', label, value: listOf(seen) }),
    calls: (label, seen) => keep({ kind: 'calls', label, value: listOf(seen) }),
    setCookie: (label, seen) => keep({ kind: 'setCookie', label, value: listOf(seen).map(asLine) }),
    cookie: (label, seen) => keep({ kind: 'cookie', label, value: listOf(seen) }),
    row: (label, seen) => keep({ kind: 'row', label, value: listOf(seen) }),
    json: (label, seen) => keep({ kind: 'json', label, value: seen ?? null }),
  }
}
