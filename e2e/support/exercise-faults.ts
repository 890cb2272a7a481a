import type { ObservedTest } from '../../docs-site/results/results.ts'
import { exercises, nameOf, notExercises } from '../../lab/exercises/catalogue.ts'

/** A claim that fails in a variant, and the variant in which it holds; undefined when that is an app of the test. */
interface Broken {
  variant: string
  holdsIn: string | undefined
  ids: readonly string[]
}

/**
 * Where the catalogue of exercises differs from what a whole run has proven, a sentence each. Together with the run
 * itself this says of every exercise that its claims fail in it by their assertion, and hold in its solution.
 */
export function exerciseFaults(
  observed: readonly ObservedTest[],
  catalogue = exercises,
  left: Readonly<Record<string, unknown>> = notExercises,
): string[] {
  const broken = brokenVariants(observed)
  const names = new Set(broken.map(({ variant }) => variant))
  const listed = new Set(catalogue.map(nameOf))
  return [
    ...[...names]
      .filter((name) => !listed.has(name) && !Object.hasOwn(left, name))
      .map((name) => `the counter-example ${name} is no exercise, and nothing says why`),
    ...Object.keys(left)
      .filter((name) => listed.has(name) || !names.has(name))
      .map(
        (name) =>
          `${name} is said to be no exercise, and is ${listed.has(name) ? 'one' : 'no counter-example'}`,
      ),
    ...catalogue.flatMap((exercise) => {
      const name = nameOf(exercise)
      const solution = `${exercise.slug}/${exercise.solution}`
      const proven = broken.filter(({ variant, holdsIn }) => variant === name && holdsIn === solution)
      const [ids, claims] = [proven.flatMap(({ ids }) => ids), exercise.claims].map((some) =>
        [...new Set(some)].sort().join(' '),
      )
      return ids === claims
        ? []
        : [`the exercise ${name} lists the claims ${claims}; those that ${solution} mends are ${ids}`]
    }),
  ]
}

function brokenVariants(observed: readonly ObservedTest[]): Broken[] {
  const proofs = observed.filter(({ role }) => role === 'proof')
  return observed.flatMap(({ role, app, ids, title, file, line }) => {
    if (role !== 'counter-example' || app.kind !== 'file' || app.variant === 'app') return []
    const proof = proofs.find((one) => one.title === title && one.file === file && one.line === line)
    const holdsIn = proof?.app.kind === 'file' ? `${proof.app.scenario}/${proof.app.variant}` : undefined
    return [{ variant: `${app.scenario}/${app.variant}`, holdsIn, ids }]
  })
}
