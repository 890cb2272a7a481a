/**
 * What the lab can measure in its record when an experiment is over. A lesson writes it as text:
 *
 * - `status of /login`: what the last such request was answered with; `location of …` likewise
 * - `set-cookie of GET /`: `yes` or `no`, whether its response handed over a session cookie
 * - `has Expires of /`, `attribute Path of /`: of that cookie; `yes`/`no`, or the attribute's value (`none` without one)
 * - `sent of / after /destroy`: `yes` or `no`, whether the request carried a session cookie
 * - `cookies of /`: how many session cookies of this scenario it carried
 * - `sid of POST /login`: `kept`, `new` (another one was handed over), `first` (none was sent), `none`
 * - `sid-length of /`: the characters of the sid that was handed over or sent
 * - `row of /destroy`: what became of the row that the sent cookie points to: `removed`, `written`, `extended`, `read`,
 *   `missing`, or `none` where no cookie was sent; `left of /`: the seconds that it had left when it was read
 * - `calls get of /`: `yes` or `no`, whether it called this method of the store
 * - `data.count of /tap`: a value in the session when the request was over; `none` where there is none
 * - `kept data.note of / after POST /note`: `yes` or `no`, whether it is what it was when the request behind `after` was over
 * - `head of /null`, `end of /null`: the seconds until its response began to leave, and until it was over
 * - `debug of /count`: express-session's own debug lines; `readable of POST /api`: `yes` or `no`, whether the response
 *   allows its origin to read it
 * - `every row of / after POST /login`: what all such requests have in common; `mixed` where they differ
 * - `count set-cookie`, `count sid`, `count request of /foo`, `count set of POST /login`: how many (session cookies
 *   handed over, different sids in them, requests, calls of a store's method)
 * - `rows`, `rows with user`, `rows in second`: how many rows lie in the store now
 * - `shown .count`: the text of an element in the demo's frame, as the page finds it
 *
 * A request is `[METHOD] [from:]/path`, from where it came: `second:` to the second app, `visitor:` by another host name
 * than the reader's, `tls:` over HTTPS, `linked:` by a link on another site. A path without `?` is any query, and `*` at
 * its end anything. The last one counts, or with `first`, `2nd`, `3rd` that one. `A after B`: the first A behind the last
 * B, or the 2nd, 3rd. `… in no-save`: only while that variant ran.
 */
export type Measured =
  | { what: 'shown'; selector: string }
  | { what: 'rows'; having: string | undefined; site: 'app' | 'second' }
  | { what: 'count'; counted: Counted; of: Which | undefined }
  | { what: 'fact'; fact: Fact; isOfEvery: boolean; of: Which }

/** What can be said of one request. */
export type Fact = { what: (typeof plainFacts)[number] } | { what: (typeof namedFacts)[number]; name: string }

const plainFacts = [
  'status',
  'location',
  'set-cookie',
  'sent',
  'cookies',
  'sid',
  'sid-length',
  'row',
  'left',
  'head',
  'end',
  'debug',
  'readable',
] as const
const namedFacts = ['has', 'attribute', 'calls', 'data', 'kept'] as const

const countable = ['set-cookie', 'sid', 'request', 'get', 'set', 'touch', 'destroy'] as const
type Counted = (typeof countable)[number]

/** A kind of request. */
export interface RequestPattern {
  method: string | undefined
  from: (typeof froms)[number] | undefined
  path: string
}

/** Which of the requests of a kind. */
export interface Which {
  request: RequestPattern
  /** 1 for the first; undefined for the last. */
  nth: number | undefined
  after: RequestPattern | undefined
  /** The variant that ran. */
  variant: string | undefined
}

const froms = ['second', 'visitor', 'tls', 'linked'] as const
const request = String.raw`(?:([A-Z]+) )?(?:(${froms.join('|')}):)?(/\S*)`
const ordinals = ['first', '2nd', '3rd']
const whichText = new RegExp(
  String.raw`^(?:(first|2nd|3rd) )?${request}(?: after ${request})?(?: in (\S+))?$`,
)

/**
 * Reads what a lesson says is to be measured.
 * @throws Error when it is not of the vocabulary
 */
export function readMeasured(text: string): Measured {
  const [, head = text, tail] = /^(.+?) of (.+)$/.exec(text) ?? []
  const [word = '', ...rest] = head.split(' ')
  const name = rest.join(' ')
  const of = tail === undefined ? undefined : readWhich(tail)
  if (word === 'shown' && name && !of) return { what: 'shown', selector: name }
  if (word === 'rows' && !of) return readRows(text)
  const counted = countable.find((each) => each === name)
  if (word === 'count' && counted) return { what: 'count', counted, of }
  const isOfEvery = word === 'every'
  const fact = readFact(isOfEvery ? name : head)
  if (!of || !fact || (fact.what === 'kept' && !of.after)) throw unknown(text)
  return { what: 'fact', fact, isOfEvery, of }
}

function readFact(text: string): Fact | undefined {
  const plain = plainFacts.find((each) => each === text)
  if (plain) return { what: plain }
  const [, word, name = ''] = /^(has|attribute|calls) (\S+)$/.exec(text) ?? []
  const named = namedFacts.find((each) => each === word)
  if (named) return { what: named, name }
  const [, kept, path] = /^(kept )?data\.(\S+)$/.exec(text) ?? []
  return path === undefined ? undefined : { what: kept ? 'kept' : 'data', name: path }
}

function readRows(text: string): Measured {
  const [whole, having, second] = /^rows(?: with (\S+))?( in second)?$/.exec(text) ?? []
  if (whole === undefined) throw unknown(text)
  return { what: 'rows', having, site: second ? 'second' : 'app' }
}

function readWhich(text: string): Which {
  const [whole, ordinal, ...parts] = whichText.exec(text) ?? []
  if (whole === undefined) throw unknown(`of ${text}`)
  const [method, from, path = '', afterMethod, afterFrom, afterPath, variant] = parts
  return {
    request: { method, from: fromOf(from), path },
    nth: ordinal ? ordinals.indexOf(ordinal) + 1 : afterPath ? 1 : undefined,
    after: afterPath ? { method: afterMethod, from: fromOf(afterFrom), path: afterPath } : undefined,
    variant,
  }
}

const fromOf = (text: string | undefined) => froms.find((each) => each === text)

const unknown = (text: string) => new Error(`there is nothing to measure called "${text}"`)
