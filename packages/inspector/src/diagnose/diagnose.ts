import { diagnoses } from '../diagnoses/index.ts'
import { type Diagnosis, type Evidence, type Found, kinds } from './diagnosis.ts'
import { createSight, type Diagnosed, type Seen } from './seen.ts'

/** A cause that was found in a record, and all that is said of it. */
export interface Finding extends Found, Pick<Diagnosis, 'id' | 'kind' | 'title' | 'fix' | 'source' | 'lab'> {
  /** In how many exchanges it showed so far. */
  count: number
  evidence: readonly Evidence[]
  /** Ids of what was found, too, and only follows from this. */
  symptoms: readonly string[]
}

const mostRemembered = 1000 // exchanges of one finding

interface Kept {
  diagnosis: Diagnosis
  found: Found
  exchanges: Set<number>
  /** How many of its exchanges have been dropped from the set. */
  more: number
}

/**
 * Finds causes in a record that grows. What was found stays when the record forgets its exchanges; what turns out not to
 * be so while they are still there goes again.
 */
export function createDiagnoser(record: Diagnosed) {
  const see = createSight(record)
  let kept = new Map<string, Kept>()

  function look(seen: Seen) {
    const known = new Set(seen.steps.map(({ exchange }) => exchange.id))
    for (const { id } of seen.open) known.add(id)
    const fresh = new Map<string, Kept>()
    for (const diagnosis of diagnoses) {
      for (const found of diagnosis.find(seen)) {
        const key = `${diagnosis.id}\n${found.about ?? ''}`
        fresh.set(
          key,
          merged({ diagnosis, found, exchanges: new Set(found.exchanges), more: 0 }, kept.get(key)),
        )
      }
    }
    for (const [key, one] of kept) {
      const isForgotten = [...one.exchanges].some((id) => !known.has(id))
      if (!fresh.has(key) && isForgotten) fresh.set(key, one)
    }
    kept = fresh
  }

  return {
    /** All findings as the record stands: faults first, then as they were found. */
    findings(now = Date.now()): Finding[] {
      look(see(now))
      return folded([...kept.values()]).sort(
        (one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind),
      )
    },
  }
}

export type Diagnoser = ReturnType<typeof createDiagnoser>

function merged(one: Kept, before: Kept | undefined): Kept {
  if (!before) return one
  const exchanges = new Set([...before.exchanges, ...one.exchanges])
  let { more } = before
  for (const id of exchanges) {
    if (exchanges.size <= mostRemembered) break
    exchanges.delete(id)
    more++
  }
  return { ...one, exchanges, more }
}

/** What only follows from another finding is folded under it. */
function folded(all: readonly Kept[]): Finding[] {
  const isUnder = (one: Kept, cause: Kept) =>
    cause.diagnosis.explains?.includes(one.diagnosis.id) === true &&
    (one.exchanges.size === 0 || [...one.exchanges].some((id) => cause.exchanges.has(id)))
  return all
    .filter((one) => !all.some((cause) => isUnder(one, cause)))
    .map((one) => {
      const { diagnosis, found, exchanges, more } = one
      const { id, kind, title, fix, source, lab } = diagnosis
      const symptoms = all.filter((other) => isUnder(other, one)).map((other) => other.diagnosis.id)
      return {
        ...found,
        ...{ id, kind, title, fix, source, ...(lab && { lab }) },
        count: Math.max(exchanges.size + more, 1),
        symptoms: [...new Set(symptoms)],
      }
    })
}
