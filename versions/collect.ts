import { type Proof, readProof } from '../docs-site/results/proof.ts'
import { extendFixtures, type Fixtures } from './fixtures.ts'

/** One side of a `prove`: the claim with its app, or with the counter-example. */
export interface Side {
  proof: Proof
  title: string
  claim: (...args: never[]) => unknown
  /** It waits for a real expiry. */
  waits: boolean
  /** With all that `test.extend` and `test.use` say; known once its file has been read to its end. */
  fixtures(): Fixtures
}

/** A `test.describe`, or a whole file. */
interface Scope {
  outer: Scope | undefined
  uses: Record<string, unknown>[]
}

type Details = { tag?: string; annotation?: { type: string; description?: string }[] }
type Body = () => void

/** Stands where specs expect Playwright's `test`: it runs nothing, and remembers what `prove` hands over. */
export function createCollector(base: Fixtures) {
  const sides: Side[] = []
  let scope: Scope = { outer: undefined, uses: [] }

  const usesOf = ({ outer, uses }: Scope): Record<string, unknown>[] => [
    ...(outer ? usesOf(outer) : []),
    ...uses,
  ]

  function testWith(fixtures: Fixtures) {
    const here = () => scope
    const add = (title: string, details: Details | Side['claim'], claim?: Side['claim']) => {
      const proof = typeof details === 'object' ? readProof(details.annotation ?? []) : undefined
      if (!proof || !claim) return
      const own = here()
      sides.push({
        ...{ proof, title, claim },
        waits: (details as Details).tag === '@waits',
        fixtures: () => usesOf(own).reduce<Fixtures>(extendFixtures, fixtures),
      })
    }
    const describe = (_title: string, body: Body | object, second?: Body) => {
      const inside = typeof body === 'function' ? (body as Body) : second
      scope = { outer: scope, uses: [] }
      try {
        inside?.()
      } finally {
        scope = scope.outer as Scope
      }
    }
    const nothing = () => {}
    return Object.assign(add, {
      describe: Object.assign(describe, { configure: nothing, serial: describe, skip: nothing }),
      use: (given: Record<string, unknown>) => void scope.uses.push(given),
      extend: (added: Record<string, unknown>) => testWith(extendFixtures(fixtures, added)),
      fail: add,
      only: nothing,
      ...{ skip: nothing, slow: nothing, setTimeout: nothing, fixme: nothing, step: nothing },
      ...{ beforeEach: nothing, afterEach: nothing, beforeAll: nothing, afterAll: nothing },
    })
  }

  return {
    test: testWith(base) as unknown,
    sides: (): readonly Side[] => sides,
    /** Begins a file: its `test.use` are its own. */
    beginFile() {
      scope = { outer: undefined, uses: [] }
    },
  }
}
