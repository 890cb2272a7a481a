import type { TestDetails } from 'playwright/test'
import { type Proof, type ProvenApp, proofAnnotation } from '../../docs-site/results/proof.ts'
import { exerciseUnderCheck, titleOf } from '../../lab/exercises/check.ts'
import { exerciseName } from '../../lab/scenarios/exercise-variant.ts'
import type { SentenceId } from '../../statements/index.ts'
import type { Verdict } from '../../statements/statement.ts'
import { callSite } from './call-site.ts'
import { keepExpectedFailure } from './expected-failure.ts'
import { type AppUnderTest, nameOf, scenarioOf, test } from './fixtures.ts'

type Claim = Parameters<typeof test>[2]
type Fixtures = Parameters<Claim>[0]
type ClaimGiven<T> = (fixtures: Fixtures & { given: T }, testInfo: Parameters<Claim>[1]) => ReturnType<Claim>
type Data = string | Readonly<Record<string, unknown>>

/** An app, and what the claim gets as `given` there: for a difference that is not in the app itself. */
interface Given<T> {
  app: AppUnderTest
  given: T
}

interface Sides<App> {
  /** Where the claim holds: a scenario, `<scenario>/<variant>`, or an app written in the test. */
  holdsIn: App
  /** Where the very same claim fails: this shows that the test can fail, and what goes wrong without the promise. */
  failsIn: App
  /**
   * What the claim says of the statements: `holds` when left out. For `does-not-hold` the claim is what happens
   * instead, for `condition` it shows both sides of the condition. It has to be the verdict in the catalogue.
   */
  verdict?: Verdict
  /** `@waits` for a claim that waits for a real expiry. */
  tag?: '@waits'
}

/**
 * Proves documented statements, and findings of this lab: the claim holds in the app, and the same claim fails in a counter-example.
 * The two tests say so in an annotation; the living documentation is made of it and of their results.
 * In the check of an exercise, the claim is tried on the learner's copy of the counter-example, and has to hold there.
 */
export function prove<T extends Data = never>(
  statements: readonly [SentenceId, ...SentenceId[]],
  title: string,
  { holdsIn, failsIn, verdict = 'holds', tag }: Sides<AppUnderTest> | Sides<Given<T>>,
  claim: ClaimGiven<T>,
): void {
  const source = callSite(prove)
  const details = (role: Proof['role'], app: AppUnderTest) => ({
    ...(tag && { tag }),
    annotation: [
      proofAnnotation({ statements: [...statements], verdict, role, app: provenApp(app), source }),
    ],
  })
  const [right, wrong] = [sideOf(holdsIn), sideOf(failsIn)]
  const exercise = exerciseUnderCheck()
  if (exercise) {
    if (
      !isOf(wrong.app, exercise.slug, exercise.variant) ||
      !isOf(right.app, exercise.slug, exercise.solution)
    )
      return
    const app = `${exercise.slug}/${exerciseName(exercise.variant)}`
    test.describe(titleOf(exercise), () => {
      test.use({ ...wrong, app })
      test(title, details('proof', app), claim as Claim)
    })
    return
  }
  tryBoth(title, right, wrong, claim as Claim, details)
}

function tryBoth(
  title: string,
  right: Given<Data | undefined>,
  wrong: Given<Data | undefined>,
  claim: Claim,
  details: (role: Proof['role'], app: AppUnderTest) => TestDetails,
) {
  test.describe(nameOf(right.app), () => {
    test.use(right)
    test(title, details('proof', right.app), claim)
  })
  test.describe(`counter-example ${nameOf(wrong.app)}`, () => {
    test.use(wrong)
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
    test.afterEach(({}, testInfo) => keepExpectedFailure(testInfo))
    test.fail(title, details('counter-example', wrong.app), claim)
  })
}

const isOf = (app: AppUnderTest, slug: string, name: string) => {
  const { scenario, variant } = scenarioOf(app)
  return typeof app === 'string' && scenario === slug && variant === name
}

const sideOf = (side: AppUnderTest | Given<Data>): Given<Data | undefined> =>
  typeof side === 'object' && 'given' in side ? side : { app: side, given: undefined }

const provenApp = (app: AppUnderTest): ProvenApp =>
  typeof app === 'string'
    ? { kind: 'file', ...scenarioOf(app) }
    : { kind: 'inline', scenario: app.scenario, name: app.name, madeAt: app.madeAt }
