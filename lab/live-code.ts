import { readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../common/places.ts'
import type { AppModule, Variant } from './scenarios/scenarios.ts'

const pause = 100 // ms between two looks at the files

/** The code of the variants as it stands in their files, also after these were edited. */
export interface LiveCode {
  /** The newest module of a variant that could be taken into use. */
  load(variant: Variant): Promise<AppModule>
  /**
   * Has it taken into use anew when a file beside it has changed. What fails then is kept as its problem, and the last
   * good version goes on.
   */
  refresh(variant: Variant): Promise<void>
  /** Why its file, as it is now, does not run; undefined when it does. */
  problemOf(variant: Variant): string | undefined
}

interface LiveCodeOptions {
  load(variant: Variant): Promise<AppModule>
  /** Takes a newly loaded module into use. */
  use(variant: Variant, module: AppModule): Promise<void>
}

/** Follows the files of variants: a look at them costs a few `stat`s, and loading only what has changed. */
export function createLiveCode({ load, use }: LiveCodeOptions): LiveCode {
  const known = new Map<Variant, { state: string; lookedAt: number; module: AppModule }>()
  const problems = new Map<Variant, string>()
  const busy = new Map<Variant, Promise<void>>()

  async function first(variant: Variant): Promise<AppModule> {
    const state = stateOf(variant)
    const module = await load(variant)
    known.set(variant, { state, lookedAt: Date.now(), module })
    return module
  }

  async function reload(variant: Variant) {
    const last = known.get(variant)
    const state = stateOf(variant)
    if (!last || state === last.state) return
    last.state = state
    try {
      const module = await load(variant)
      if (module !== last.module) await use(variant, module)
      last.module = module
      problems.delete(variant)
    } catch (problem) {
      problems.set(variant, inWords(problem))
    }
  }

  return {
    load: async (variant) => known.get(variant)?.module ?? (await first(variant)),
    problemOf: (variant) => problems.get(variant),
    async refresh(variant) {
      const last = known.get(variant)
      if (!last || Date.now() - last.lookedAt < pause) return busy.get(variant)
      last.lookedAt = Date.now()
      const running = (busy.get(variant) ?? Promise.resolve()).then(() => reload(variant))
      busy.set(variant, running)
      return running
    },
  }
}

/** What the files in the folder of a variant are like: another text after one of them has changed. */
function stateOf({ file }: Variant): string {
  const folder = join(root, dirname(file))
  const states = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const found = statSync(join(folder, name), { throwIfNoEntry: false })
      return `${name} ${found?.size} ${found?.ctimeMs}`
    })
  return states.join('\n')
}

/** What the compiler or the app says, with the line where it is known. */
function inWords(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem)
  return problem.message.replace(/^Build failed with \d+ errors?:\n/, '')
}
