import type { Name } from './contestants.ts'

/** What one contestant did in one round. */
export interface Slice {
  round: number
  name: Name
  requests: number
  seconds: number
  /** CPU time of the server's process, all its threads, in µs. */
  cpu: number
  /** CPU time of the load generator, in µs. */
  generatorCpu: number
}

/** A few numbers about many. */
export interface Spread {
  /** Between these two lies the true median, 19 times out of 20. */
  sure: readonly [number, number]
  min: number
  lower: number
  median: number
  upper: number
  max: number
}

export const perSecond = ({ requests, seconds }: Slice): number => requests / seconds
export const cpuPerRequest = ({ requests, cpu }: Slice): number => cpu / requests

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => {
    const place = (sorted.length - 1) * share
    const below = sorted[Math.floor(place)] ?? Number.NaN
    const above = sorted[Math.ceil(place)] ?? Number.NaN
    return below + (above - below) * (place % 1)
  }
  const doubt = 0.98 / Math.sqrt(sorted.length) // of the rank of the median, at 95 %
  const sure = [at(Math.max(0, 0.5 - doubt)), at(Math.min(1, 0.5 + doubt))] as const
  return { sure, min: at(0), lower: at(0.25), median: at(0.5), upper: at(0.75), max: at(1) }
}

/** `of` ÷ `to`, round by round: what both met in the same seconds cancels out. */
export function ratios(
  slices: readonly Slice[],
  of: Name,
  to: Name,
  value: (slice: Slice) => number,
): number[] {
  const others = new Map(slices.filter(({ name }) => name === to).map((slice) => [slice.round, value(slice)]))
  return slices
    .filter(({ name }) => name === of)
    .map((slice) => value(slice) / (others.get(slice.round) ?? Number.NaN))
}
