import blogChoosing from './blog-choosing.ts'
import blogCounter from './blog-counter.ts'
import blogSecurity from './blog-security.ts'
import compatibleStores from './compatible-stores.ts'
import cookieObject from './cookie-object.ts'
import debugging from './debugging.ts'
import exampleUserLogin from './example-user-login.ts'
import exampleViewCounter from './example-view-counter.ts'
import { type FindingId, findings } from './findings/index.ts'
import optionCookie from './option-cookie.ts'
import optionCookieDomain from './option-cookie-domain.ts'
import optionCookieExpires from './option-cookie-expires.ts'
import optionCookieHttponly from './option-cookie-httponly.ts'
import optionCookieMaxage from './option-cookie-maxage.ts'
import optionCookiePath from './option-cookie-path.ts'
import optionCookieSamesite from './option-cookie-samesite.ts'
import optionCookieSecure from './option-cookie-secure.ts'
import optionGenid from './option-genid.ts'
import optionName from './option-name.ts'
import optionProxy from './option-proxy.ts'
import optionResave from './option-resave.ts'
import optionRolling from './option-rolling.ts'
import optionSaveuninitialized from './option-saveuninitialized.ts'
import optionSecret from './option-secret.ts'
import optionStore from './option-store.ts'
import optionUnset from './option-unset.ts'
import readme119 from './readme-1.19.ts'
import reqSession from './req-session.ts'
import reqSessionCookie from './req-session-cookie.ts'
import type { Section } from './section.ts'
import sessionId from './session-id.ts'
import sessionMethods from './session-methods.ts'
import sessionOptions from './session-options.ts'
import storeImplementation from './store-implementation.ts'

export { type FindingId, findings } from './findings/index.ts'
export type { Section } from './section.ts'
export type { Statement } from './statement.ts'

/** The sections of the documentation, in its order. */
export const sections = [
  sessionOptions,
  optionCookie,
  optionCookieDomain,
  optionCookieExpires,
  optionCookieHttponly,
  optionCookieMaxage,
  optionCookiePath,
  optionCookieSamesite,
  optionCookieSecure,
  optionGenid,
  optionName,
  optionProxy,
  optionResave,
  optionRolling,
  optionSaveuninitialized,
  optionSecret,
  optionStore,
  optionUnset,
  reqSession,
  sessionMethods,
  sessionId,
  reqSessionCookie,
  cookieObject,
  storeImplementation,
  compatibleStores,
  exampleViewCounter,
  exampleUserLogin,
  debugging,
  blogCounter,
  blogChoosing,
  blogSecurity,
  readme119,
] as const

/** Every documented statement, section by section in the order of the documentation. */
export const statements = sections.flatMap((section): readonly DocumentedStatement[] => section.statements)

type DocumentedStatement = (typeof sections)[number]['statements'][number]

/** The id of a documented statement: a test that names another one does not compile. */
export type StatementId = DocumentedStatement['id']

/** All that tests prove: what the documentation says, and what this lab has found beside it. */
export const sentences: readonly (DocumentedStatement | (typeof findings)[number])[] = [
  ...statements,
  ...findings,
]
export type SentenceId = StatementId | FindingId

/** The section of a statement, by its slug. */
export function sectionOf(slug: string): Section {
  const found = sections.find((section) => section.slug === slug)
  if (!found) throw new Error(`no section ${slug}`)
  return found
}

/** The statements that rest on the passages under a heading of the README, given as its own text. */
export const statementsUnder = (heading: string): string[] =>
  sections.flatMap(({ headings, statements: own }) => {
    const found = headings.find((each) => heading === (typeof each === 'string' ? each : each.heading))
    if (found === undefined) return []
    const beginning = typeof found === 'string' ? '' : found.ids
    return own.map(({ id }) => id).filter((id) => id.startsWith(beginning))
  })
