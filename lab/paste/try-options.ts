import { randomBytes } from 'node:crypto'
import { request as send } from 'node:http'
import express from 'express'
import session, { type SessionOptions } from 'express-session'
import { createRecorder, type Exchange, type Handler, type SessionCall } from '#inspector'
import { listen } from '../http/listen.ts'

const patience = 2_000 // ms

/** What came of it when session() was called with pasted options, and one visitor came. */
export interface Tried {
  exchanges: readonly Exchange[]
  sessions: readonly SessionCall[]
  /** What express-session said at once: an error or warnings. */
  said: readonly string[]
}

/**
 * Gives the options to express-session, with a MemoryStore, and sends one request whose handler writes to the session.
 * @param isHttps whether the visitor comes over HTTPS, by a proxy that the app trusts
 */
export async function tryOptions(options: Record<string, unknown>, isHttps: boolean): Promise<Tried> {
  const recorder = createRecorder()
  const said: string[] = []
  const hear = (error: Error) => void said.push(error.message)
  process.on('deprecation' as 'warning', hear) // instead of the terminal
  try {
    const app = appWith(options, isHttps, hear)
    await visit(recorder.watch(app as unknown as Handler), isHttps)
  } catch (error) {
    hear(error as Error)
  } finally {
    process.off('deprecation', hear)
  }
  const exchanges = recorder.exchanges()
  const numbers = new Set(exchanges.flatMap((one) => one.sessions))
  return { exchanges, sessions: recorder.sessions().filter(({ number }) => numbers.has(number)), said }
}

function appWith(options: Record<string, unknown>, isHttps: boolean, hear: (error: Error) => void) {
  const app = express()
  app.set('trust proxy', isHttps)
  const { store: _, genid: __, ...own } = options
  const secret = 'secret' in options ? {} : { secret: randomBytes(32).toString('hex') } // as long as it should be
  app.use(session({ ...own, ...secret } as SessionOptions))
  app.get('/', (req, res) => {
    Object.assign(req.session, { visited: true })
    res.send('ok')
  })
  app.use((error: Error, _req: express.Request, res: express.Response, _next: express.NextFunction) => {
    hear(error)
    if (res.headersSent) res.end()
    else res.status(500).send('error')
  })
  return app
}

async function visit(handler: Handler, isHttps: boolean): Promise<void> {
  const listening = await listen(handler, 0)
  const headers = isHttps ? { 'x-forwarded-proto': 'https', 'x-forwarded-for': '127.0.0.1' } : {}
  const options = { host: 'localhost', port: listening?.port, path: '/', agent: false, headers }
  await new Promise<void>((resolve, reject) => {
    const sent = send(options, (answer) => {
      answer.resume().on('close', () => setImmediate(resolve))
    })
    sent.setTimeout(patience, () => sent.destroy(new Error('no answer')))
    sent.on('error', reject)
    sent.end()
  }).finally(() => listening?.close())
}
