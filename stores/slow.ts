import type { Store } from 'express-session'
import { wrapStore } from './wrap.ts'

/**
 * `store` with slow writes: `set`, `destroy` and `touch` reach it only after `delay()` ms. Reads stay quick, so that
 * what was written late is seen to be missing. At 0 ms nothing at all changes.
 */
export function slowWrites(store: Store, delay: () => number): Store {
  const later = (work: () => void) => (delay() > 0 ? setTimeout(work, delay()) : work())
  return wrapStore(store, {
    set(sid, session, callback) {
      if (delay() === 0) return store.set(sid, session, callback)
      // the values of now: the app may go on changing the session while the write is under way
      const cookie = Object.assign(Object.create(Object.getPrototypeOf(session.cookie)), session.cookie)
      const copy = { ...JSON.parse(JSON.stringify(session)), cookie }
      later(() => store.set(sid, copy, callback))
    },
    destroy: (sid, callback) => later(() => store.destroy(sid, callback)),
    touch: (sid, session, callback) => later(() => store.touch?.(sid, session, callback as () => void)),
  })
}
