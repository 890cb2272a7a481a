import type { SessionData } from 'express-session'
import type { StoreCallback } from './store.ts'

/** A row that is touched. */
interface Touched {
  /** Its text as it was read. */
  was: string
  /** The same with the new cookie in it. */
  becomes: string
  /** Its new expiry, in ms since the epoch. */
  expires: number
}

const day = 86_400_000 // ms: what connect-redis and connect-pg-simple give a session without expiry

/**
 * A store's `touch` that writes the cookie inside a row as well as the row's own expiry. connect-redis and
 * connect-pg-simple leave the cookie as it was set: the next request reads the old `expires`, and its
 * `req.session.save()` writes a row that has ended.
 * @param read gives the text of a row, undefined when there is none
 * @param write in one step on the server: extends the row, and gives it the new text if it still has the one that was
 *   read. So what another request has set meanwhile stays (with a cookie of its own), and what is gone stays gone.
 */
export function touchWithCookie(
  read: (sid: string) => Promise<string | undefined>,
  write: (sid: string, row: Touched) => Promise<unknown>,
) {
  return async (sid: string, { cookie }: SessionData, callback: StoreCallback = () => {}) => {
    const expires = cookie.expires ? new Date(cookie.expires).getTime() : Date.now() + day
    try {
      const was = await read(sid)
      if (was !== undefined) await write(sid, { was, becomes: withCookie(was, cookie), expires })
    } catch (error) {
      callback(error)
      return
    }
    callback(null)
  }
}

/**
 * The text of a row with another cookie in it; text that is no session stays as it is.
 * It is made here, because the servers' own JSON functions do not keep all data: an empty array comes out of Redis's
 * cjson as an object, and jsonb of PostgreSQL refuses "\u0000".
 */
function withCookie(data: string, cookie: SessionData['cookie']): string {
  let session: Partial<SessionData> | null
  try {
    session = JSON.parse(data)
  } catch {
    return data
  }
  return session?.cookie ? JSON.stringify({ ...session, cookie }) : data
}
