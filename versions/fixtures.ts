import { type Property, parseExpressionAt } from 'acorn'

/** What stands in `test.extend` or `test.use` under one name. */
export interface Fixture {
  name: string
  /** Makes it, in Playwright's way; anything that is no function is the value itself. */
  given: unknown
  /** The one of the same name that it stands in place of. */
  before: Fixture | undefined
}

export type Fixtures = ReadonlyMap<string, Fixture>
type Make = (needed: object, use: (value: unknown) => Promise<void>, testInfo: unknown) => unknown

/** Adds fixtures as `test.extend` and `test.use` do: `name: value`, `name: function` or `name: [either, options]`. */
export function extendFixtures(fixtures: Fixtures, added: Readonly<Record<string, unknown>>): Fixtures {
  const all = new Map(fixtures)
  for (const [name, given] of Object.entries(added))
    all.set(name, { name, given: bare(given), before: fixtures.get(name) })
  return all
}

/** Without options. Of arrays that are values, none has an object of these in its second place. */
const bare = (given: unknown): unknown =>
  Array.isArray(given) && given.length === 2 && isOptions(given[1]) ? given[0] : given
const isOptions = (value: unknown) =>
  typeof value === 'object' && value !== null && ('option' in value || 'scope' in value || 'auto' in value)

/** The fixtures that a function asks for, read from its destructured first parameter as Playwright does. */
export function namesAskedBy(asking: (...args: never[]) => unknown): string[] {
  const known = asked.get(asking)
  if (known) return known
  const expression = parseExpressionAt(asTextOf(asking), 0, { ecmaVersion: 'latest' })
  const isFunction = expression.type === 'ArrowFunctionExpression' || expression.type === 'FunctionExpression'
  const first = isFunction ? expression.params[0] : undefined
  const names =
    first?.type === 'ObjectPattern'
      ? first.properties
          .filter((each) => each.type !== 'RestElement')
          .map(({ key }: Pick<Property, 'key'>) => (key.type === 'Identifier' ? key.name : ''))
      : []
  asked.set(asking, names)
  return names
}
const asked = new WeakMap<object, string[]>()

/** A method of an object is no expression until it is called a function. */
const asTextOf = (asking: (...args: never[]) => unknown) => {
  const text = String(asking)
  return /^(?:async\s*)?(?:\(|function\b)|^[^(]*=>/.test(text)
    ? text
    : text.replace(/^(async\s+)?/, '$1function ')
}

/** All that a function needs, also what its fixtures need. */
export function namesNeededBy(asking: (...args: never[]) => unknown, fixtures: Fixtures): Set<string> {
  const needed = new Set<string>()
  const visit = (fixture: Fixture | undefined) => {
    if (typeof fixture?.given !== 'function') return
    for (const name of namesAskedBy(fixture.given as Make)) {
      if (name === fixture.name) visit(fixture.before)
      else if (!needed.has(name)) {
        needed.add(name)
        visit(fixtures.get(name))
      }
    }
  }
  visit({ name: '', given: asking, before: undefined })
  return needed
}

/** A fixture could not be made: what it stands for did not start. */
export class NotMade extends Error {
  readonly fixture: string
  constructor(fixture: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.fixture = fixture
  }
}

/**
 * Runs a function with the fixtures of these names, each made once, and ends them in the opposite order.
 * @throws what the function throws; NotMade when a fixture throws before it is used
 */
export async function runWith(
  run: (needed: Readonly<Record<string, unknown>>) => unknown,
  names: readonly string[],
  fixtures: Fixtures,
  testInfo: unknown,
): Promise<void> {
  const made = new Map<Fixture, Promise<unknown>>()
  const ends: (() => Promise<void>)[] = []

  const get = (fixture: Fixture): Promise<unknown> => {
    const known = made.get(fixture) ?? make(fixture)
    made.set(fixture, known)
    return known
  }
  const needs = async (asked: readonly string[], by?: Fixture): Promise<Record<string, unknown>> => {
    const values: Record<string, unknown> = {}
    for (const name of asked) {
      const fixture = name === by?.name ? by.before : fixtures.get(name)
      if (!fixture) throw new NotMade(name, `there is no fixture ${name}`)
      values[name] = await get(fixture)
    }
    return values
  }
  const make = async (fixture: Fixture): Promise<unknown> => {
    if (typeof fixture.given !== 'function') return fixture.given
    const given = fixture.given as Make
    const needed = await needs(namesAskedBy(given), fixture)
    return new Promise((resolve, reject) => {
      const use = (value: unknown) =>
        new Promise<void>((end) => {
          ends.push(() => {
            end()
            return over
          })
          resolve(value)
        })
      const over = Promise.resolve()
        .then(() => given(needed, use, testInfo))
        .then(() => {})
      over.catch((problem: unknown) => reject(new NotMade(fixture.name, problem)))
    })
  }
  try {
    await run(await needs(names))
  } finally {
    for (const end of ends.reverse()) await end().catch(() => {}) // what it has to say has been said by the function
  }
}
