import { EventEmitter } from 'node:events'
import express, { type Request } from 'express'
import session, { type Session, type Store } from 'express-session'
import { messageOf, offers } from '../calls.ts'
import { type Claim, holds, no } from '../claim.ts'
import { visit } from '../visit.ts'

/** What session() needs of a store before anything else. */
export const shapeClaims: readonly Claim[] = [
  {
    id: 'shape.store',
    title: {
      ja: 'EventEmitterで、get、set、destroyと、session() が要るcreateSession、regenerateを持つ',
      en: 'it is an EventEmitter with get, set and destroy, and has the createSession and regenerate that session() needs',
    },
    kind: 'promise',
    async check({ store }) {
      const needed = ['on', 'emit', 'get', 'set', 'destroy', 'createSession', 'regenerate'] as const
      const missing = needed.filter((method) => typeof store[method] !== 'function')
      return holds(
        missing.length === 0,
        { ja: `${missing.join('、')} がない`, en: `${missing.join(', ')} is missing` },
        {
          isEventEmitter: store instanceof EventEmitter,
          touch: offers(store, 'touch'),
          optional: (['all', 'length', 'clear'] as const).filter((method) => offers(store, method)),
        },
      )
    },
  },
  {
    id: 'shape.session',
    title: {
      ja: 'session() に渡すと、リクエストをまたいで同じセッションが続く',
      en: 'given to session(), the session goes on from request to request',
    },
    kind: 'promise',
    async check({ store }) {
      let counts: string[]
      try {
        counts = await countWith(store)
      } catch (error) {
        const message = messageOf(error)
        return no({ ja: `session() が例外を投げた: ${message}`, en: `session() threw: ${message}` }, null)
      }
      return holds(
        counts.join() === '1,2,3',
        { ja: `1、2、3 のはずが ${counts.join('、')}`, en: `${counts.join(', ')} instead of 1, 2, 3` },
        counts,
      )
    },
  },
]

/** Three requests of one visitor to a counter: what each of them was answered. */
async function countWith(store: Store): Promise<string[]> {
  const app = express()
  app.use(session({ store, secret: 'contract', resave: false, saveUninitialized: false }))
  app.get('/', ({ session }: Request & { session: Session & { count?: number } }, res) => {
    session.count = (session.count ?? 0) + 1
    res.end(String(session.count))
  })
  const counts: string[] = []
  try {
    await visit(app, async (get) => {
      for (let n = 0; n < 3; n++) counts.push(await get('/'))
    })
  } catch (error) {
    counts.push((error as Error).name === 'TimeoutError' ? 'no answer within 5 s' : String(error))
  }
  return counts
}
