/** As much of JSON Schema as our schema says; a keyword that is not known here throws. */
export interface Schema {
  readonly [keyword: string]: unknown
}

const said = new Set(['$schema', '$defs', 'title', 'description'])

/** What of a value is not as a schema says, each as `path: why`. What no schema names counts, too. */
export function faultsIn(value: unknown, schema: Schema, root = schema, path = ''): string[] {
  return Object.entries(schema).flatMap(([keyword, asked]) => {
    if (said.has(keyword)) return []
    const check = checks[keyword]
    if (!check) throw new Error(`a keyword of JSON Schema that is not known here: ${keyword}`)
    return check({ value, asked, root, path })
  })
}

interface Check {
  value: unknown
  /** What the keyword asks. */
  asked: unknown
  root: Schema
  path: string
}

const fault = (isRight: boolean, { value, path }: Check, why: string): string[] =>
  isRight ? [] : [`${path}: ${why}: ${JSON.stringify(value)?.slice(0, 100)}`]

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function typeOf(value: unknown): string[] {
  if (value === null) return ['null']
  if (Array.isArray(value)) return ['array']
  return Number.isInteger(value) ? ['integer', 'number'] : [typeof value]
}

const checks: Readonly<Record<string, (check: Check) => string[]>> = {
  type: (check) =>
    fault(
      typeOf(check.value).some((type) => [check.asked].flat().includes(type)),
      check,
      `is no ${check.asked}`,
    ),
  const: (check) => fault(check.value === check.asked, check, `is not ${check.asked}`),
  enum: (check) => fault((check.asked as unknown[]).includes(check.value), check, 'is none of those'),
  minimum: (check) =>
    fault(check.value === null || Number(check.value) >= Number(check.asked), check, 'is too small'),
  pattern: (check) => fault(new RegExp(String(check.asked)).test(String(check.value)), check, 'looks wrong'),
  required: (check) =>
    (check.asked as string[]).flatMap((name) =>
      fault(isObject(check.value) && name in check.value, check, `lacks ${name}`),
    ),
  items: ({ value, asked, root, path }) =>
    Array.isArray(value)
      ? value.flatMap((one, index) => faultsIn(one, asked as Schema, root, `${path}/${index}`))
      : [],
  properties: (check) => {
    const known = check.asked as Readonly<Record<string, Schema>>
    return Object.entries(isObject(check.value) ? check.value : {}).flatMap(([name, one]) => {
      const schema = known[name]
      if (!schema) return fault(false, check, `has ${name}, which the schema does not know`)
      return faultsIn(one, schema, check.root, `${check.path}/${name}`)
    })
  },
  $ref: ({ value, asked, root, path }) => {
    const name = String(asked).replace('#/$defs/', '')
    const schema = (root['$defs'] as Readonly<Record<string, Schema>>)[name]
    if (!schema) throw new Error(`the schema has no ${asked}`)
    return faultsIn(value, schema, root, path)
  },
}
