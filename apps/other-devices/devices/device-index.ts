import type { SessionData, Store } from 'express-session'

/** What a page may tell of a session. The sid is not part of it: whoever reads it can be that visitor. */
export interface Device {
  name: string
  /** When its ID was given, in ms since the epoch. */
  since: number
}

type Row = SessionData & { user?: string }

/**
 * Which sessions a user has: a store knows only sids. Here it is kept in the process, and a restart logs everybody
 * out; in a real app it is a table beside the users, so that every process reads the same.
 * @param grace ms for which an entry may be without a row, because the request that made it has not saved yet
 */
export function createDeviceIndex(store: Store, grace = 60_000) {
  const users = new Map<string, Map<string, Device>>()
  const of = (user: string) => users.get(user) ?? new Map<string, Device>()

  const rowOf = (sid: string) =>
    new Promise<Row | null | undefined>((resolve, reject) => {
      store.get(sid, (error, row) => (error ? reject(error) : resolve(row)))
    })
  const destroy = (sid: string) =>
    new Promise<void>((resolve, reject) => {
      store.destroy(sid, (error) => (error ? reject(error) : resolve()))
    })

  return {
    has: (user: string, sid: string): boolean => of(user).has(sid),

    add(user: string, sid: string, name: string) {
      users.set(user, of(user).set(sid, { name, since: Date.now() }))
    },

    remove(user: string, sid: string) {
      of(user).delete(sid)
      if (of(user).size === 0) users.delete(user)
    },

    /** The same device under a new sid. False when it has been logged out meanwhile: then it stays so. */
    move(user: string, from: string, to: string): boolean {
      const device = of(user).get(from)
      if (!device) return false
      of(user).delete(from)
      of(user).set(to, { ...device, since: Date.now() })
      return true
    },

    /** The devices of a user by sid. Only the row tells whether one is still there; what has none is dropped. */
    async list(user: string): Promise<[sid: string, device: Device][]> {
      const found: [string, Device][] = []
      for (const entry of [...of(user)]) {
        const [sid, { since }] = entry
        if ((await rowOf(sid))?.user === user) found.push(entry)
        else if (Date.now() - since >= grace) this.remove(user, sid)
      }
      return found
    },

    /** Logs out all but one. The index first: from then on, a row that comes back is worth nothing. */
    async keepOnly(user: string, sid: string): Promise<void> {
      const others = [...of(user).keys()].filter((other) => other !== sid)
      for (const other of others) this.remove(user, other)
      await Promise.all(others.map(destroy))
    },
  }
}
