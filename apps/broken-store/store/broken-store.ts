import session, { type SessionData } from 'express-session'

/** The rows lie outside the store, so that whoever made them can look at them without asking it. */
export type Rows = Map<string, { data: string; expires: number }>

type Answer<T = never> = (error: unknown, result?: T) => void

const latency = 5 // ms
const day = 86_400_000 // ms that a row is kept

/** A store that can be made to go wrong: one call at a time, so that the next page works again. */
export class BrokenStore extends session.Store {
  /** What the callbacks have thrown. In a store that lets it through, it ends the process. */
  readonly thrown: unknown[] = []
  readonly #rows: Rows
  readonly #faults = new Map<string, string>()

  constructor(rows: Rows = new Map()) {
    super()
    this.#rows = rows
  }

  /** Breaks the next call of `method`, `get` or `set`: it `fails`, `hangs`, or answers `twice`. */
  break(method: string, how: string) {
    this.#faults.set(method, how)
  }

  get(sid: string, callback: Answer<SessionData | null>) {
    const row = this.#rows.get(sid)
    this.#answer('get', callback, row ? JSON.parse(row.data) : null)
  }

  set(sid: string, session: SessionData, callback?: Answer) {
    const data = JSON.stringify(session)
    const isKept = !['fails', 'hangs'].includes(this.#faults.get('set') ?? '')
    if (isKept) this.#rows.set(sid, { data, expires: Date.now() + day })
    this.#answer('set', callback)
  }

  destroy(sid: string, callback?: Answer) {
    this.#rows.delete(sid)
    this.#answer('destroy', callback)
  }

  /** As a database does, it answers later, and not before it returns. */
  #answer<T>(method: string, callback: Answer<T> = () => {}, result?: T) {
    const how = this.#faults.get(method)
    this.#faults.delete(method)
    if (how === 'hangs') return
    const call = () => {
      try {
        callback(how === 'fails' ? new Error('the database is out of order') : null, result)
      } catch (error) {
        this.thrown.push(error)
        console.error(`${method}: its callback has thrown ${error}`)
      }
    }
    setTimeout(() => {
      call()
      if (how === 'twice') call()
    }, latency)
  }
}
