import session, { type SessionData } from 'express-session'

/** The rows lie outside the store, so that whoever made them can look at them without asking it. */
export type Rows = Map<string, { data: string; expires: number }>

type Answer<T = never> = (error: unknown, result?: T) => void

const day = 86_400_000 // ms that a session without expiry is kept after its last use

const isValid = (row?: { expires: number }) => row !== undefined && Date.now() < row.expires

const expiryOf = ({ cookie: { expires } }: SessionData) =>
  expires ? new Date(expires).getTime() : Date.now() + day

/** A session store over a Map. session.Store brings `on` and `emit`, `regenerate` and `createSession`. */
export class MapStore extends session.Store {
  readonly rows: Rows

  constructor(rows: Rows = new Map()) {
    super()
    this.rows = rows
  }

  /** Required. Not found, or no longer valid, is null and no error. */
  get(sid: string, callback: Answer<SessionData | null>) {
    const row = this.rows.get(sid)
    callback(null, row && isValid(row) ? JSON.parse(row.data) : null)
  }

  /** Required. Adds the session, or replaces it. Only its text is kept: what the app does to it later is not. */
  set(sid: string, session: SessionData, callback?: Answer) {
    this.rows.set(sid, { data: JSON.stringify(session), expires: expiryOf(session) })
    callback?.(null)
  }

  /** Required. Removing what is not there is no error. */
  destroy(sid: string, callback?: Answer) {
    this.rows.delete(sid)
    callback?.(null)
  }

  /** Recommended. The session was used: row and cookie begin anew. The data stays, and what is gone stays gone. */
  override touch(sid: string, session: SessionData, callback?: Answer) {
    const row = this.rows.get(sid)
    if (row && isValid(row)) {
      row.data = JSON.stringify({ ...JSON.parse(row.data), cookie: session.cookie })
      row.expires = expiryOf(session)
    }
    callback?.(null)
  }

  /** Optional. */
  override all(callback: Answer<SessionData[]>) {
    const valid = [...this.rows.values()].filter(isValid)
    const sessions = valid.map(({ data }) => JSON.parse(data))
    callback(null, sessions)
  }

  /** Optional. */
  override length(callback: Answer<number>) {
    this.all((error, sessions = []) => callback(error, sessions.length))
  }

  /** Optional. */
  override clear(callback?: Answer) {
    this.rows.clear()
    callback?.(null)
  }
}
