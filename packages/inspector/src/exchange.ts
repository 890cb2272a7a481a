/** Session data longer than this (characters) is cut in the record: it has to stay bounded whatever a session holds. */
export const longestData = 16_000

/** One call that express-session made on the store while it served a request. */
export interface StoreCall {
  method: 'get' | 'set' | 'destroy' | 'touch'
  sid: string
  /** ms after the request arrived. */
  at: number
  /** ms until the callback ran; null while it has not. */
  duration: number | null
  /** The session, as JSON text: what `get` found, what `set` and `touch` were given; null for none. */
  data: string | null
  /** The message of the error that the callback was given. */
  error: string | null
}

/** One of several processes that serve the same app behind one address. */
export interface ServingProcess {
  /** 1, 2, …: the place that it takes among them; whoever replaces it takes the same one. */
  place: number
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
  /** null while there is no response; also when the connection broke before one. */
  status: number | null
  /** The `Location` of a redirect. */
  location: string | null
  /** The `Set-Cookie` lines as they left, in their order. */
  setCookie: string[]
  calls: StoreCall[]
  /** express-session's own debug lines of this request (`DEBUG=express-session`). */
  debug: string[]
}
