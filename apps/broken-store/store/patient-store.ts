import session, { type SessionData, type Store } from 'express-session'
import createError from 'http-errors'

type Answer<T = never> = (error: unknown, result?: T) => void

/**
 * Stands before a store: each call is answered once, within `limit` ms, and an error says 503. That a store has lost
 * its database is not passed on: express-session would go on without req.session.
 */
export class PatientStore extends session.Store {
  readonly #store: Store
  readonly #limit: number

  constructor(store: Store, limit: number) {
    super()
    this.#store = store
    this.#limit = limit
  }

  get(sid: string, callback: Answer<SessionData | null>) {
    this.#call((answer) => this.#store.get(sid, answer), callback)
  }

  set(sid: string, session: SessionData, callback?: Answer) {
    this.#call((answer) => this.#store.set(sid, session, answer), callback)
  }

  destroy(sid: string, callback?: Answer) {
    this.#call((answer) => this.#store.destroy(sid, answer), callback)
  }

  #call<T>(work: (answer: Answer<T>) => void, callback: Answer<T> = () => {}) {
    let isAnswered = false
    const answer: Answer<T> = (error, result) => {
      if (isAnswered) return
      isAnswered = true
      clearTimeout(timer)
      if (error) callback(createError(503, error as Error))
      else callback(null, result)
    }
    const late = () => answer(new Error(`no answer within ${this.#limit} ms`))
    const timer = setTimeout(late, this.#limit)
    work(answer)
  }
}
