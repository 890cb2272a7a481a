import type { SessionData, Store } from 'express-session'

/** A session as it lies in the store. */
export interface Row {
  sid: string
  /** The serialised session: text, exactly as stored. */
  data: string
  /** When the store stops handing it out, in ms since the epoch; null when it keeps no time of its own. */
  expires: number | null
}

/**
 * A session store together with what the lab needs and `session.Store` does not offer.
 * `peek` and `rows` look at the stored text from the side: they never touch, delete or extend a row,
 * and they show an expired row that still lies there.
 */
export interface OpenStore {
  store: Store
  peek(sid: string): Promise<Row | undefined>
  /** The newest rows first, at most `limit`. */
  rows(limit: number): Promise<Row[]>
  clear(): Promise<void>
  close(): Promise<void>
}

export type StoreCallback<T = unknown> = (error?: unknown, result?: T) => void

/** The methods through which express-session uses a store (README, "Session Store Implementation"). */
export interface StoreMethods {
  get(sid: string, callback: StoreCallback<SessionData | null>): void
  set(sid: string, session: SessionData, callback?: StoreCallback): void
  destroy(sid: string, callback?: StoreCallback): void
  touch?(sid: string, session: SessionData, callback?: StoreCallback): void
}
