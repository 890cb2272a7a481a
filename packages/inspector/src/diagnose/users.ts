import { parsed } from './cookies.ts'
import type { SeenStep } from './seen.ts'

const keys: ReadonlySet<string> = new Set(
  `user userid username_ uid account accountid member memberid customer customerid currentuser currentuserid loggedinuser
  authuser authenticateduser userinfo principal person personid employee employeeid admin adminid staffid teacherid
  studentid patientid playerid userdata sessionuser login loginid loginuser loggedin isloggedin isloggedon loggedon
  authenticated isauthenticated isauth auth authed signedin issignedin signedinas loggedinas usuario usuarioid utilisateur benutzer`
    .split(/\s+/)
    .map((key) => key.replace(/_$/, '')),
)
/** What holds a user's key, and not somebody else's. */
const holders: ReadonlySet<string> = new Set(
  'passport auth authentication login session identity security current account me sso oidc oauth saml cas data state context grant user'.split(
    ' ',
  ),
)
const deepest = 3

const plain = (key: string) => key.replace(/[-_$\s]/g, '').toLowerCase()

/** Whether a value says that somebody is there. */
const isSomebody = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== false && value !== '' && value !== 0 && !isEmpty(value)

const isEmpty = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

/** Where session data says who has logged in: `passport.user`; undefined where it says nothing of the kind. */
export function userKeyIn(data: string | null | undefined): string | undefined {
  const session = parsed(data)
  return session && search(session, '', 1)
}

function search(holder: Record<string, unknown>, path: string, depth: number): string | undefined {
  const isGuest = Object.entries(holder).some(
    ([key, value]) => /^(is)?(guest|anonymous)$/.test(plain(key)) && value === true,
  )
  if (isGuest) return undefined
  for (const [key, value] of Object.entries(holder)) {
    if (depth === 1 && key === 'cookie') continue
    const place = path === '' ? key : `${path}.${key}`
    const name = plain(key)
    const isHolder = isObject(value) && holders.has(name)
    const inner = isHolder && depth < deepest ? search(value, place, depth + 1) : undefined
    if (inner !== undefined) return inner
    if (keys.has(name) && isSomebody(value) && !(isHolder && !isPerson(value))) return place
  }
  return undefined
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether an object names a person: by an id, a name or an address, and is no guest. */
const isPerson = (value: Record<string, unknown>) => {
  const names = Object.keys(value).map(plain)
  const isGuest = names.some((name) => /^(is)?(guest|anonymous)$/.test(name) && isSomebody(value[name]))
  return !isGuest && names.some((name) => /^(.*id|name|.*name|email|mail|sub|login|role|roles)$/.test(name))
}

/** The row that session() read for the cookie of this request, as JSON text; null where there was none. */
export function rowBefore({ exchange, sent }: SeenStep): string | null {
  const sid = sent[0]?.sid
  return exchange.calls.find((call) => call.method === 'get' && call.sid === sid)?.data ?? null
}

const words =
  /(^|[^a-z])(log-?(out|off)|sign-?out|end-?session|session-(end|destroy)|(good)?bye|leave|exit|quit|abmelden|deconnexion)([^a-z]|$)/
const notOwn = /other|device|cancel|confirm/

/** Whether a request says of itself that it logs out: `POST /logout`, `DELETE /session`. */
export function isLogout({ exchange }: SeenStep): boolean {
  const path = exchange.url.split('?')[0] ?? ''
  if (exchange.method === 'DELETE' && /\/(sessions?|login|auth)(\/(current|me))?\/?$/i.test(path)) return true
  const plain = exchange.url.replace(/([a-z])([A-Z])/g, '$1-$2').replace(/_|\/(?=end|destroy)/g, '-')
  return words.test(plain.toLowerCase()) && !notOwn.test(plain.toLowerCase())
}
