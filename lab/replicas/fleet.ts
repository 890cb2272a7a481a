import { randomBytes } from 'node:crypto'
import type { AppModule, Variant } from '../scenarios.ts'
import { openReplicas, type Replicas, type ReplicasOptions } from './replicas.ts'

type FleetOptions = Pick<ReplicasOptions, 'name' | 'storeUrl' | 'folder' | 'isRecorded' | 'delay'> & {
  secrets: string[]
}

/** The processes of a scenario's variants, and the secrets that they have in common. */
export function createFleet({ secrets, ...options }: FleetOptions) {
  const all = new Map<Variant, Replicas>()
  const rotations = new Map<Variant, NonNullable<AppModule['rotation']>>()
  const known = [...secrets]
  let current = secrets

  return {
    /** What an app gets that starts now. */
    secrets: () => current,
    /** All that have ever signed; it only grows. */
    known: known as readonly string[],
    /** Makes the processes of a variant ready to be started; undefined when it runs in none of its own. */
    open(
      variant: Variant,
      { processes: count, isSticky = false, rotation }: AppModule,
    ): Replicas | undefined {
      if (!count) return undefined
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
      const begin = (round: string[]) => () => {
        current = round
      }
      await replicas.restart(rotation(current, fresh).map(begin))
    },
  }
}
