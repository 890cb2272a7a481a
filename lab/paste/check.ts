import { createDiagnoser, type Exchange, type Finding, type SessionCall } from '#inspector'
import { readHeaders } from './read-headers.ts'
import { readOptions } from './read-options.ts'
import { tryOptions } from './try-options.ts'

/** What is wrong with pasted texts, by the same diagnoses as with real requests. */
export interface Checked {
  findings: readonly Finding[]
  /** Options that only the app knows. */
  unknown: readonly string[]
  /** What express-session said at once: an error or warnings. */
  said: readonly string[]
  /** The Set-Cookie lines that came of the options, without their values; undefined where none were given. */
  sent: readonly string[] | undefined
}

/** Why a text is not looked at. */
export type NotChecked = 'unreadable' | 'noHeaders' | 'badAddress'

/** Looks at options, headers or both; what is left empty is not looked at. */
export async function check(
  options: string,
  headers: string,
  address: string,
): Promise<Checked | NotChecked> {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return 'badAddress'
  const read = options === '' ? undefined : readOptions(options)
  if (options !== '' && !read) return 'unreadable'
  const response = headers === '' ? undefined : readHeaders(headers, url)
  if (headers !== '' && !response) return 'noHeaders'
  const tried = read && (await tryOptions(read.options, url.protocol === 'https:'))
  const given = response ? findingsIn([response], []) : []
  const made = tried ? findingsIn(tried.exchanges, tried.sessions) : []
  return {
    findings: [...made, ...given.filter(({ id }) => !made.some((one) => one.id === id))],
    unknown: read?.unknown ?? [],
    said: tried?.said ?? [],
    sent: tried?.exchanges.flatMap(({ setCookie }) => setCookie).map((line) => line.replace(/=[^;]*/, '=…')),
  }
}

const findingsIn = (exchanges: readonly Exchange[], sessions: readonly SessionCall[]) =>
  createDiagnoser({
    exchanges: () => exchanges,
    outside: () => [],
    sessions: () => sessions,
  }).findings()
