import {
  type Expression,
  type Node,
  type ObjectExpression,
  type Property,
  parse,
  type SpreadElement,
} from 'acorn'

/** The options of a `session({ … })` that was pasted. */
export interface ReadOptions {
  /** What could be read: literals and what follows from them. Nothing of the text is run. */
  options: Record<string, unknown>
  /** What stands there and only the app itself knows: `secret`, `cookie.secure`. */
  unknown: readonly string[]
}

/** Stands for a value that only the app itself knows. */
const notKnown = Symbol('unknown')

const sessionKeys = new Set(
  'secret name key cookie resave saveUninitialized rolling unset proxy store genid'.split(' '),
)

/**
 * Reads the options out of a piece of an app: `app.use(session({ … }))`, the options alone, or a whole file.
 * @returns undefined where the text is not JavaScript, or has no such object
 */
export function readOptions(text: string): ReadOptions | undefined {
  const program = parsed(text) ?? parsed(`(${text})`)
  const found = program && findOptions(program)
  if (!found) return undefined
  const names: string[] = []
  const options = readObject(found, '', names) as Record<string, unknown>
  return { options, unknown: names }
}

function parsed(text: string): Node | undefined {
  try {
    return parse(text, { ecmaVersion: 'latest', sourceType: 'module', allowReturnOutsideFunction: true })
  } catch {
    return undefined
  }
}

/** The first object that has a key of session()'s which tells it from others. */
function findOptions(node: Node): ObjectExpression | undefined {
  if (node.type === 'ObjectExpression') {
    const { properties } = node as ObjectExpression
    const keys = properties.map(keyOf)
    const isSession = keys.some((key) => ['secret', 'resave', 'saveUninitialized', 'rolling'].includes(key))
    if (isSession && keys.some((key) => sessionKeys.has(key))) return node as ObjectExpression
  }
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      const found = typeof child?.type === 'string' ? findOptions(child as Node) : undefined
      if (found) return found
    }
  }
  return undefined
}

function keyOf(property: Property | SpreadElement): string {
  if (property.type !== 'Property' || property.computed) return ''
  const { key } = property
  return key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : ''
}

function readObject({ properties }: ObjectExpression, path: string, names: string[]): object {
  return Object.fromEntries(
    properties.flatMap((property) => {
      const key = keyOf(property)
      const place = path === '' ? key : `${path}.${key}`
      if (property.type !== 'Property' || key === '') {
        names.push(`${path === '' ? '' : `${path}.`}…`)
        return []
      }
      const value = evaluate(property.value as Expression, place, names)
      if (value === notKnown) names.push(place)
      return value === notKnown ? [] : [[key, value] as const]
    }),
  )
}

/** What an expression is without being run; `notKnown` for all that depends on the app. */
function evaluate(node: Expression | SpreadElement | null, path: string, names: string[]): unknown {
  switch (node?.type) {
    case 'Literal':
      return node.value
    case 'TemplateLiteral':
      return node.expressions.length === 0 ? node.quasis[0]?.value.cooked : notKnown
    case 'Identifier':
      return node.name === 'undefined' ? undefined : notKnown
    case 'ObjectExpression':
      return readObject(node, path, names)
    case 'ArrayExpression': {
      const values = node.elements.map((each) => evaluate(each, path, names))
      return values.includes(notKnown) ? notKnown : values
    }
    case 'UnaryExpression':
      return unary(node.operator, evaluate(node.argument, path, names))
    case 'BinaryExpression':
      return node.left.type === 'PrivateIdentifier'
        ? notKnown
        : binary(node.operator, evaluate(node.left, path, names), evaluate(node.right, path, names))
    case 'CallExpression':
      return isCall(node.callee, 'Date', 'now') ? Date.now() : notKnown
    case 'NewExpression': {
      const given = node.arguments.map((each) => evaluate(each, path, names))
      const isDate = node.callee.type === 'Identifier' && node.callee.name === 'Date'
      return isDate && !given.includes(notKnown) ? new Date(...(given as [])) : notKnown
    }
    default:
      return notKnown
  }
}

const isCall = (callee: Node, object: string, property: string): boolean => {
  const { object: of, property: what } = callee as {
    object?: { name?: string }
    property?: { name?: string }
  }
  return callee.type === 'MemberExpression' && of?.name === object && what?.name === property
}

function unary(operator: string, value: unknown): unknown {
  if (value === notKnown) return notKnown
  if (operator === '!') return !value
  return operator === '-' && typeof value === 'number' ? -value : notKnown
}

function binary(operator: string, left: unknown, right: unknown): unknown {
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') return left + right
  if (typeof left !== 'number' || typeof right !== 'number') return notKnown
  const results: Record<string, number> = {
    '+': left + right,
    '-': left - right,
    '*': left * right,
    '/': left / right,
    '**': left ** right,
  }
  return results[operator] ?? notKnown
}
