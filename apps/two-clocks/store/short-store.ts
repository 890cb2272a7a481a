import session, { type SessionData } from 'express-session'

/** The rows lie outside the store, so that whoever made them can look at them without asking it. */
export type Rows = Map<string, { data: string; expires: number }>

type Answer<T = never> = (error: unknown, result?: T) => void

/** ms that the store keeps a session without an expiry of its own; connect-redis and others take a day. */
const idle = 10_000

function expiryOf({ cookie: { expires } }: SessionData): number {
  return expires ? new Date(expires).getTime() : Date.now() + idle
}

const isValid = ({ expires }: { expires: number }) => Date.now() < expires

/** A store as the well-known ones are: a row ends with its cookie's expiry, or after some idle time without one. */
export class ShortStore extends session.Store {
  readonly rows: Rows

  constructor(rows: Rows = new Map()) {
    super()
    this.rows = rows
  }

  get(sid: string, callback: Answer<SessionData | null>) {
    const row = this.rows.get(sid)
    callback(null, row && isValid(row) ? JSON.parse(row.data) : null)
  }

  set(sid: string, session: SessionData, callback?: Answer) {
    this.rows.set(sid, { data: JSON.stringify(session), expires: expiryOf(session) })
    callback?.(null)
  }

  destroy(sid: string, callback?: Answer) {
    this.rows.delete(sid)
    callback?.(null)
  }

  override touch(sid: string, session: SessionData, callback?: Answer) {
    const row = this.rows.get(sid)
    if (row && isValid(row)) row.expires = expiryOf(session)
    callback?.(null)
  }
}
