import session, { type SessionData } from 'express-session'

/** The rows lie outside the store, so that whoever made them can look at them without asking it. */
export type Rows = Map<string, { data: string; expires: number }>

type Answer<T = never> = (error: unknown, result?: T) => void

const expiryOf = ({ cookie: { expires } }: SessionData) => new Date(expires ?? Infinity).getTime()

function putLast(rows: Rows, sid: string, data: string, expires: number) {
  rows.delete(sid)
  rows.set(sid, { data, expires })
}

/**
 * A store whose rows lie in the order of their expiry: what is used moves to the end. That needs no index, as long as
 * all sessions have the same maxAge; a database has one on the expiry instead.
 */
export class OrderedStore extends session.Store {
  readonly rows: Rows

  constructor(rows: Rows = new Map()) {
    super()
    this.rows = rows
  }

  /** An expired row is not handed out. It is left to whoever cleans up. */
  get(sid: string, callback: Answer<SessionData | null>) {
    const row = this.rows.get(sid)
    callback(null, row && Date.now() < row.expires ? JSON.parse(row.data) : null)
  }

  set(sid: string, session: SessionData, callback?: Answer) {
    putLast(this.rows, sid, JSON.stringify(session), expiryOf(session))
    callback?.(null)
  }

  destroy(sid: string, callback?: Answer) {
    this.rows.delete(sid)
    callback?.(null)
  }

  override touch(sid: string, session: SessionData, callback?: Answer) {
    const row = this.rows.get(sid)
    if (row && Date.now() < row.expires) putLast(this.rows, sid, row.data, expiryOf(session))
    callback?.(null)
  }
}
