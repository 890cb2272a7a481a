import { randomBytes } from 'node:crypto'
import type { Row } from '../../stores/store.ts'
import type { AppModule, Variant } from '../scenarios/scenarios.ts'
import type { Question } from './messages.ts'
import type { Replicas, ReplicasOptions } from './replicas.ts'

type FleetOptions = Pick<ReplicasOptions, 'name' | 'storeUrl' | 'folder' | 'isRecorded' | 'delay'> & {
  secrets: string[]
}

export type Fleet = ReturnType<typeof createFleet>

/** The processes of a scenario's variants, and the secrets that they have in common. */
export function createFleet({ secrets, ...options }: FleetOptions) {
  const all = new Map<Variant, Replicas>()
  const rotations = new Map<Variant, NonNullable<AppModule['rotation']>>()
  const known = [...secrets]
  let current = secrets

  return {
    /** What an app gets that starts now. */
    secrets: () => current,
    /** All secrets that have ever signed; it only grows. */
    known: known as readonly string[],
    /** Makes the processes of a variant ready to be started, in place of those it had; undefined when it has none of its own. */
    async open(
      variant: Variant,
      { processes: count, isSticky = false, rotation }: AppModule,
    ): Promise<Replicas | undefined> {
      await all.get(variant)?.close()
      if (!count) return undefined
      const { openReplicas } = await import('./replicas.ts') // most scenarios need none of it
      const replicas = openReplicas({
        ...options,
        file: variant.file,
        count,
        isSticky,
        secrets: () => current,
      })
      all.set(variant, replicas)
      if (rotation) rotations.set(variant, rotation)
      return replicas
    },
    of: (variant: Variant): Replicas | undefined => all.get(variant),
    /** Whether the variant says how its processes get to a new secret. */
    canRotate: (variant: Variant): boolean => rotations.has(variant),
    /**
     * Brings a new secret to the processes of a variant, in rolling restarts. While these go on, it does nothing.
     * @throws Error when a process does not start
     */
    async rotate(variant: Variant): Promise<void> {
      const [replicas, rotation] = [all.get(variant), rotations.get(variant)]
      if (!replicas || !rotation || replicas.isRolling()) return
      const fresh = randomBytes(32).toString('base64url')
      known.push(fresh)
      const use = (round: string[]) => () => {
        current = round
      }
      await replicas.restart(rotation(current, fresh).map(use))
    },
    /** Asks every process of every variant. */
    ask: async (question: Question): Promise<Row[]> =>
      (await Promise.all([...all.values()].map((replicas) => replicas.ask(question)))).flat(),
    async close() {
      await Promise.all([...all.values()].map((replicas) => replicas.close()))
    },
  }
}
