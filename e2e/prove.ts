import type { StatementId } from '../statements/index.ts'
import { test } from './fixtures.ts'

type Claim = Parameters<typeof test>[2]

interface Proof {
  /** Where the claim holds: a scenario, or `<scenario>/<variant>`. */
  holdsIn: string
  /** Where the very same claim fails: this shows that the test can fail, and what goes wrong without the promise. */
  failsIn: string
  /** `@waits` for a claim that waits for a real expiry. */
  tag?: '@waits'
}

/**
 * Proves documented statements: the claim holds in the app, and the same claim fails in a counter-example.
 * The two tests carry the ids of the statements; the living documentation is made of their results.
 */
export function prove(
  statements: readonly [StatementId, ...StatementId[]],
  title: string,
  { holdsIn, failsIn, tag }: Proof,
  claim: Claim,
): void {
  const details = (role: 'proof' | 'counter-example', app: string) => ({
    ...(tag && { tag }),
    annotation: [
      ...statements.map((id) => ({ type: 'statement', description: id })),
      { type: role, description: app },
    ],
  })
  test.describe(holdsIn, () => {
    test.use({ app: holdsIn })
    test(title, details('proof', holdsIn), claim)
  })
  test.describe(`counter-example ${failsIn}`, () => {
    test.use({ app: failsIn })
    test.fail(title, details('counter-example', failsIn), claim)
  })
}
