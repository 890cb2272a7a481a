/** Session data longer than this (characters) is cut in the record: it has to stay bounded whatever a session holds. */
export const longestData = 16_000

/** One call on a store. */
export interface StoreCall {
  method: 'get' | 'set' | 'destroy' | 'touch'
  sid: string
  /** The number of the store; see `SessionCall`. */
  store: number
  /** ms after the request arrived; outside of any exchange: when it began, in ms since the epoch. */
  at: number
  /** ms until the callback ran; null while it has not. */
  duration: number | null
  /** The session, as JSON text: what `get` found, what `set` and `touch` were given; null for none. */
  data: string | null
  /** The message of the error that the callback was given, or its code or name where it has no message. */
  error: string | null
  /** The error's `code`: with `ENOENT`, `get` means that there is no row (express-session, `session(options)`). */
  errorCode?: string
  facts?: CallFacts
}

/** What a diagnosis asks of a call beside what is shown. It never leaves this computer. */
export interface CallFacts {
  /** How often the store called its callback. */
  answers: number
  /** The length of the session as JSON text, in characters, before it was cut. */
  size: number
  /** What `set` was given and JSON does not keep, each as `path: what it is`; see `lossesOf`. */
  losses?: readonly string[]
  /** Whether it was the id of the request by then; undefined outside of any, and where the request has none. */
  isOwn?: boolean
  /** Nobody gave a callback: when it is done cannot be seen. */
  isUnwatched?: true
}

/** Requests that passed unrecorded, one after another: more came than are recorded. Of none of them anything is kept. */
export interface Passed {
  /** 1, 2, …: in the order in which they began in their process. */
  number: number
  count: number
  /** When the first one came, in ms since the epoch. */
  from: number
  /** When the last one came, or wrote or removed a row after that. */
  to: number
}

/** One call of `session()` in the app, with what it was told. */
export interface SessionCall {
  /** 1, 2, …: in the order in which they were called in their process. */
  number: number
  pid: number
  /** When, in ms since the epoch. */
  at: number
  /** The cookie's name. */
  name: string
  /** The number of its store, 0 while it has not been met; and the store's class. */
  store: number
  storeName: string
  /** `cookie` as it was given; a function decides for each request. */
  cookie: Readonly<Record<string, unknown>> | 'function'
  /** undefined: left out. */
  resave: boolean | undefined
  saveUninitialized: boolean | undefined
  rolling: boolean | undefined
  unset: string | undefined
  proxy: boolean | undefined
  hasGenid: boolean
  /** The app's `trust proxy`, as text; undefined while no Express app has been seen. */
  trustProxy?: string
  /** The version of express-session whose `session()` it was; undefined where that is not known. */
  version: string | undefined
  /** Where it was called: `app.js:12`, from the working folder; undefined where that is not known. */
  where: string | undefined
  /** Of each secret, never itself: what tells it from others, and what is wrong with it. */
  secrets: readonly SecretFacts[]
  /** Whether `NODE_ENV` was `production` when it was called. */
  isInProduction: boolean
  /** Where the rows are: in this process (`memory`: express-session's own MemoryStore), or not known to be. */
  rows: 'memory' | 'process' | 'elsewhere'
  /** Whether the store has `touch`. */
  canTouch: boolean
}

export interface SecretFacts {
  /** The same for the same secret under one hub. */
  digest: string
  /** bytes */
  length: number
  /** It is in documentation or tutorials, or is a word with a number; null: neither. */
  weakness: 'known' | 'guessable' | null
}

/** One of several processes that serve the same app behind one address. */
export interface ServingProcess {
  /** 1, 2, …: whoever replaces it gets the same. */
  slot: number
  pid: number
}

/** One request and its response, as seen from outside the app. */
export interface Exchange {
  id: number
  /** Which server answered, where there are several. */
  server: string
  /** The processes that were given the request, in this order, where there are several; the last one answered. */
  processes?: readonly ServingProcess[]
  /** When the request arrived, in ms since the epoch. */
  at: number
  /** ms until the response was finished; null while it is not. */
  duration: number | null
  /** Host name and User-Agent: what tells two browsers apart from outside. */
  client: { host: string; userAgent: string }
  /** `inspector` for a request that the inspector itself made to show something; else `browser`. */
  sentBy: 'browser' | 'inspector'
  /** How the browser spoke to the server, or to the proxy before it (`X-Forwarded-Proto`). */
  scheme: 'http' | 'https'
  method: string
  url: string
  /** The `Cookie` header as it arrived; null when there was none. */
  cookie: string | null
  /** What a browser says of where the request came from; null where it says nothing. */
  origin: string | null
  fetch: { site: string | null; mode: string | null; dest: string | null }
  /** The session() calls that it went through, by their numbers, in this order. */
  sessions: number[]
  /** ms after the request arrived when the head of the response left; null while it has not. */
  headAt: number | null
  /** `finished`: all of the response was handed over; `cut`: the connection was closed before; null while under way. */
  end: 'finished' | 'cut' | null
  /** null while there is no response; also when the connection broke before one. */
  status: number | null
  /** The `Location` of a redirect. */
  location: string | null
  /** The `Set-Cookie` lines as they left, in their order. */
  setCookie: string[]
  calls: StoreCall[]
  /** express-session's own debug lines of this request (`DEBUG=express-session`). */
  debug: string[]
  /** undefined in a record that was read in. */
  facts?: ExchangeFacts
}

/** What a diagnosis asks of an exchange beside what is shown. What is left out was not there. It never leaves this computer. */
export interface ExchangeFacts {
  /** `Host` as it arrived, with its port. */
  host: string
  /** Whether the connection itself is encrypted. */
  isEncrypted: boolean
  /** What a proxy says: `X-Forwarded-Proto`, `-For`, `-Host`, `Forwarded`, and the first of those that are not standard. */
  forwarded?: { proto?: string; for?: string; host?: string; standard?: string; other?: string }
  /** Whether the app's `trust proxy` believes whoever connected; undefined without Express, or where no proxy speaks. */
  isTrusted?: boolean
  /** `Sec-Purpose` or `Purpose`: `prefetch`. */
  purpose?: string
  /** `Content-Type` of the request, and whether it asks for a page (`Accept: text/html …`). */
  sends?: string
  asksForPage?: true
  /** There is an `Authorization` header: whoever sent it needs no cookie. */
  isAuthorised?: true
  /** `Cache-Control`, `Access-Control-Allow-Origin`, `Access-Control-Allow-Credentials` and `Content-Type` of the response. */
  caching?: string
  allowsOrigin?: string
  allowsCredentials?: string
  type?: string
  /** `Vary` of the response. */
  vary?: string
  /** It has `Last-Modified`: a file was sent. */
  isFile?: true
  /** Who closed the connection of a response that was cut. */
  cutBy?: 'server' | 'visitor'
  /** `req.session` was read, no session() had run by then, and there was none. */
  isMissed?: true
  /** The app read `req.session`, and there was none because session() had stepped aside. */
  isMissedAside?: true
  /** The signature was refused, and yet the store has a row of that id. */
  hasRefusedRow?: true
  /** Where it was read before the head of the response left: `app.js:12`; a few, of the app's own code only. */
  missedAt?: string[]
  /** The body of a response of 500 or more names a `TypeError`, as Express's own error page does. */
  isTypeError?: true
  /** Nothing of the response has left for seconds (or until the visitor gave up), and nobody waits on purpose. */
  isUnanswered?: true
  /** The session as JSON text, where it differs from what the store was last given, after the head or the end of the response. */
  unsaved?: string
  /** Why the session cannot become JSON. */
  unserialisable?: string
}
