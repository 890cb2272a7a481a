import type { StatementId } from '../statements/index.ts'
import type { Verdict } from '../statements/statement.ts'
import { type AppUnderTest, nameOf, test } from './fixtures.ts'
import { callSite } from './observe.ts'

type Claim = Parameters<typeof test>[2]

interface Proof {
  /** Where the claim holds: a scenario, `<scenario>/<variant>`, or an app written in the test. */
  holdsIn: AppUnderTest
  /** Where the very same claim fails: this shows that the test can fail, and what goes wrong without the promise. */
  failsIn: AppUnderTest
  /**
   * What the claim says of the statements: `holds` when left out. For `does-not-hold` the claim is what happens
   * instead, for `condition` it shows both sides of the condition. It has to be the verdict in the catalogue.
   */
  verdict?: Verdict
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
  { holdsIn, failsIn, verdict = 'holds', tag }: Proof,
  claim: Claim,
): void {
  const source = callSite(prove)
  const details = (role: 'proof' | 'counter-example', app: AppUnderTest) => ({
    ...(tag && { tag }),
    annotation: [
      ...statements.map((id) => ({ type: 'statement', description: id })),
      { type: 'verdict', description: verdict },
      { type: role, description: nameOf(app) },
      { type: 'source', description: source },
    ],
  })
  test.describe(nameOf(holdsIn), () => {
    test.use({ app: holdsIn })
    test(title, details('proof', holdsIn), claim)
  })
  test.describe(`counter-example ${nameOf(failsIn)}`, () => {
    test.use({ app: failsIn })
    test.fail(title, details('counter-example', failsIn), claim)
  })
}
