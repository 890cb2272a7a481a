import { statements } from '../../statements/index.ts'

const sectionOfHeading: Readonly<Record<string, string>> = {
  'session(options)': 'session(options)',
  'req.session': 'req.session',
  'req.session.id': 'req.session.id / req.sessionID',
  'req.sessionID': 'req.session.id / req.sessionID',
  'req.session.cookie': 'req.session.cookie',
  'Cookie.maxAge': 'Cookie.maxAge / originalMaxAge',
  'Cookie.originalMaxAge': 'Cookie.maxAge / originalMaxAge',
  'Session Store Implementation': 'Store implementation',
  'Compatible Session Stores': 'Compatible stores',
  'View counter': 'Example: view counter',
  'User login': 'Example: user login',
  Debugging: 'Debugging',
}

/**
 * The statements that rest on the passages under a heading of the README, given as `… › name`: those of the section
 * of that name, of the one method it is about, and what a newer README has added about it.
 */
export function statementsUnder(heading: string): string[] {
  const name = heading.split(' › ').at(-1) ?? ''
  const method = /^(Session|store)\.\w+(?=\()/.exec(name)?.[0]
  if (method) return idsWhere(({ id }) => id.startsWith(`${lowerFirst(method)}.`))
  if (name === 'cookie') {
    return idsWhere(({ id, section }) => section === 'options.cookie' || id.startsWith('cookie.function.'))
  }
  const section = sectionOfHeading[name] ?? `options.${name}`
  return idsWhere(
    (statement) =>
      statement.section === section ||
      (statement.section.startsWith('README') && statement.id.startsWith(`${name}.`)),
  )
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

const idsWhere = (isMeant: (statement: { id: string; section: string }) => boolean): string[] =>
  statements.filter(isMeant).map(({ id }) => id)
