import { type Summary, summaryOf } from '#store-contract'
import { type ListedStore, listed } from '../../matrix/listed.ts'
import { type Results, readResults, type StoreResult } from '../../matrix/results.ts'

/** A listed store with what the matrix says about it. */
export interface Compared {
  listed: ListedStore
  /** undefined while nobody has run it. */
  result: StoreResult | undefined
  summary: Summary
}

/** The name of its page. */
export const matrixFile = 'stores.html'

/** All listed stores, in the order of the list. */
export const compareStores = (results: Results = readResults()): readonly Compared[] =>
  listed.map((store) => {
    const result = results.stores.find(({ name }) => name === store.name)
    return { listed: store, result, summary: summaryOf(result?.found ?? {}) }
  })

/** Whether the contract was tried on it: it may have failed before the first claim. */
export const wasRun = ({ listed: { how }, result }: Compared): boolean =>
  how !== undefined &&
  result !== undefined &&
  (result.couldNotRun !== null || Object.keys(result.found).length > 0)

/** The name of the page with the evidence about a store. */
export const evidenceFile = (name: string): string => `store-${name.replace(/^@/, '').replace('/', '-')}.html`
