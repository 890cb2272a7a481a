import type session from 'express-session'
import type { Store } from 'express-session'

/** Where a subject lives while it is tested. */
export interface Place {
  /** A folder for whatever it writes; it exists. */
  folder: string
  /**
   * The `address` of a subject of another process: then its server is used and none is started. The contract asks
   * with it whether a process that uses the store can end.
   */
  address?: string
}

/** What the default export of a subject's module is. */
export type CreateSubject = (place: Place) => Promise<Subject>

/** A store under test, as it is brought to the contract. */
export interface Subject {
  /**
   * A store on the same rows each time it is called: a second one is the same store after a restart.
   * The argument is express-session, for stores that are made from it.
   */
  open(expressSession: typeof session): Promise<Opened>
  /** Puts text that is no session in place of the row of `sid`; left out where there is no way. */
  corrupt?(sid: string): Promise<void>
  /** Takes the server behind the store away, and brings it back at the same address with what it had kept. */
  backend?: { stop(): Promise<void>; start(): Promise<void> }
  /** Where the server listens, as text; left out where the store needs none. */
  address?: string
  /** What lies behind the store, with its version, as it is to be told: `redis-server 7.0.15`. */
  backendVersion?: string
  /** The folder that all files of the store are to be in, where it keeps files; what appears beside it is a fault. */
  folder?: string
  /** Called once when all is over. */
  end?(): Promise<void>
}

export interface Opened {
  store: Store
  /** Gives back what the store holds (connections, timers); left out where it has no way to. */
  close?(): Promise<void>
}
