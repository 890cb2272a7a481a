import type session from 'express-session'
import type { Store } from 'express-session'

/** Where a store lives while it is tested. */
export interface Location {
  /** An existing folder for all that it writes. */
  folder: string
  /**
   * Where the server of an adapter in another process listens: then that one is used and none is started. This is
   * how the contract tries whether a process that uses the store can end.
   */
  address?: string
}

/** What the module of an adapter exports. */
export type CreateAdapter = (location: Location) => Promise<Adapter>

/** A store under test, as it is brought to the contract. */
export interface Adapter {
  /**
   * A store on the same rows each time it is called: a second one is the same store after a restart.
   * The argument is express-session, for stores that are made from it.
   */
  open(expressSession: typeof session): Promise<Opened>
  /** Puts text that is no session in place of the row of `sid`; left out where there is no way. */
  corrupt?(sid: string): Promise<void>
  /** Takes the server behind the store away, and brings it back at the same address with what it had kept. */
  backend?: { stop(): Promise<void>; start(): Promise<void> }
  /** Another connection to the same rows, as another program has one; left out where only the store's process sees them. */
  another?(): Promise<AnotherConnection>
  /** Where the server listens, as text; left out where the store needs none. */
  address?: string
  /** What lies behind the store, with its version, as a report shows it: `redis-server 7.0.15`. */
  backendVersion?: string
  /** The folder that all files of the store are to be in, where it keeps files; what appears beside it is a fault. */
  folder?: string
  /** Called once, after the last claim. */
  end?(): Promise<void>
}

export interface AnotherConnection {
  /** The row of a session as text, in whatever form; null when there is none. */
  row(sid: string): Promise<string | null>
  /** Keeps the store from writing, until what it resolves to is called. Left out where there is no way. */
  lock?(): Promise<() => Promise<void>>
  close(): Promise<void>
}

export interface Opened {
  store: Store
  /** Gives back what the store holds (connections, timers); left out where it has no way to. */
  close?(): Promise<void>
}
