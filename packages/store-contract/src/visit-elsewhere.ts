import { type Elsewhere, type OpenContext, sessionOf, type Visit } from './context.ts'

/** The sid of the row that is looked for in the other process. */
const sid = 'process-elsewhere'

/**
 * Makes visits: a row is set and the store closed here; another process then looks for the row, closes the store or
 * not, and ends. One visit answers all who ask for the same.
 */
export function visitor(context: () => Promise<OpenContext>, start: () => Elsewhere) {
  const known = new Map<boolean, Promise<Visit>>()
  async function visit(closes: boolean): Promise<Visit> {
    const { calls, close } = await context()
    await calls.set(sid, sessionOf({ n: 1 }))
    await close()
    const other = start()
    try {
      const found = (await other.get(sid)) === 1
      await other.set(`${sid}-set`, 2) // every store has now opened what it opens
      return { found, hasEnded: await other.end({ closes }) }
    } finally {
      other.kill()
    }
  }
  return ({ closes }: { closes: boolean }): Promise<Visit> => {
    const visited = known.get(closes) ?? visit(closes)
    known.set(closes, visited)
    return visited
  }
}
