/**
 * What the lab can measure in its record when an experiment is over. A lesson writes it as text:
 *
 * - `status of /login`: what the last such request was answered with; `location of …` likewise
 * - `set-cookie of GET /`: `yes` or `no`, whether its response handed over a session cookie
 * - `has Expires of /`, `attribute Path of /`: of that cookie; `yes`/`no`, or the attribute's value (`none` without one)
 * - `sent of / after /destroy`: `yes` or `no`, whether the request carried a session cookie
 * - `sid of POST /login`: `kept`, `new` (another one was handed over), `first` (none was sent), `none`
 * - `row of /destroy`: what became of the row that the sent cookie points to: `removed`, `written`, `extended`, `read`,
 *   `missing`, or `none` where no cookie was sent
 * - `data.count of /tap`: a value in the session when the request was over; `none` where there is none
 * - `count set-cookie`, `count sid`, `count request of /foo`, `count set of POST /login`: how many (session cookies
 *   handed over, different sids in them, requests, calls of a store's method)
 * - `rows`, `rows with user`, `rows in second`: how many rows lie in the store now
 * - `shown .count`: the text of an element in the demo's frame, as the page finds it
 *
 * A request is `[METHOD] [second:]/path`; a path without `?` is any query, and `*` at its end anything. The last one
 * counts, or with `first`, `2nd`, `3rd` that one. `A after B`: the first A behind the last B, or the 2nd, 3rd.
 */
export type Measured =
  | { what: 'shown'; selector: string }
  | { what: 'rows'; having: string | undefined; site: 'app' | 'second' }
  | { what: 'count'; counted: Counted; of: Which | undefined }
  | { what: 'status' | 'location' | 'set-cookie' | 'sent' | 'sid' | 'row'; of: Which }
  | { what: 'has' | 'attribute' | 'data'; name: string; of: Which }

const countable = ['set-cookie', 'sid', 'request', 'get', 'set', 'touch', 'destroy'] as const
type Counted = (typeof countable)[number]

/** A kind of request. */
export interface RequestPattern {
  method: string | undefined
  site: 'app' | 'second'
  path: string
}

/** Which of the requests of a kind. */
export interface Which {
  request: RequestPattern
  /** 1 for the first; undefined for the last. */
  nth: number | undefined
  after: RequestPattern | undefined
}

const request = String.raw`(?:([A-Z]+) )?(second:)?(/\S*)`
const ordinals = ['first', '2nd', '3rd']
const whichText = new RegExp(`^(?:(first|2nd|3rd) )?${request}(?: after ${request})?$`)

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
  if (!of) throw unknown(text)
  if (word.startsWith('data.')) return { what: 'data', name: head.slice('data.'.length), of }
  if ((word === 'has' || word === 'attribute') && name) return { what: word, name, of }
  const plain = (['status', 'location', 'set-cookie', 'sent', 'sid', 'row'] as const).find(
    (each) => each === head,
  )
  if (!plain) throw unknown(text)
  return { what: plain, of }
}

function readRows(text: string): Measured {
  const [whole, having, second] = /^rows(?: with (\S+))?( in second)?$/.exec(text) ?? []
  if (whole === undefined) throw unknown(text)
  return { what: 'rows', having, site: second ? 'second' : 'app' }
}

function readWhich(text: string): Which {
  const [whole, ordinal, ...parts] = whichText.exec(text) ?? []
  if (whole === undefined) throw unknown(`of ${text}`)
  const [method, second, path = '', afterMethod, afterSecond, afterPath] = parts
  return {
    request: { method, site: second ? 'second' : 'app', path },
    nth: ordinal ? ordinals.indexOf(ordinal) + 1 : afterPath ? 1 : undefined,
    after: afterPath
      ? { method: afterMethod, site: afterSecond ? 'second' : 'app', path: afterPath }
      : undefined,
  }
}

const unknown = (text: string) => new Error(`there is nothing to measure called "${text}"`)
