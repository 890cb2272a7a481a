import type { Exchange, StoreCall } from '#inspector'

/** An exchange as the inspector records it; what is not given is as in a plain GET that the app answers. */
export const exchange = (given: Partial<Exchange> = {}): Exchange => ({
  id: 1,
  server: 'app',
  at: 1_000_000,
  duration: 5,
  client: { host: 'localhost', userAgent: 'Chrome/140' },
  sentBy: 'browser',
  scheme: 'http',
  method: 'GET',
  url: '/',
  cookie: null,
  origin: null,
  fetch: { site: null, mode: null, dest: null },
  sessions: [],
  headAt: 1,
  end: 'finished',
  status: 200,
  location: null,
  setCookie: [],
  calls: [],
  debug: [],
  ...given,
})

/** A call on a store that has answered; what is not given is as in a `get` that found nothing. */
export const storeCall = (given: Partial<StoreCall> = {}): StoreCall => ({
  method: 'get',
  sid: 'x',
  store: 1,
  at: 1,
  duration: 1,
  data: null,
  error: null,
  ...given,
})
