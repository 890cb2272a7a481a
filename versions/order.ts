/** Orders versions by their numbers. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split(/[.-]/).map(Number)) as [
    number[],
    number[],
  ]
  const place = left.findIndex((number, index) => number !== right[index])
  return place < 0 ? 0 : (left[place] ?? 0) - (right[place] ?? 0)
}

/** Whether a version comes before another one. */
export const isBefore = (one: string, other: string): boolean => compareVersions(one, other) < 0
