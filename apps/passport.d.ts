// what is used of two old versions of Passport, which have no types
declare module 'passport-0.2' {
  import type { RequestHandler } from 'express'

  const passport: { initialize(): RequestHandler; session(): RequestHandler }
  export default passport
}

declare module 'passport-0.3' {
  import type { RequestHandler } from 'express'

  type Done = (error: unknown, user?: unknown) => void
  const passport: {
    initialize(): RequestHandler
    session(): RequestHandler
    deserializeUser(find: (kept: string, done: Done) => void): void
  }
  export default passport
}
