import { get } from 'node:http'
import type { Response } from 'express'
import session, { type SessionData } from 'express-session'
import { expect, test } from '../support/fixtures.ts'
import { prove } from '../support/prove.ts'
import { counting, type Visit } from '../support/small-app.ts'
import { setCookieLines } from '../support/wire.ts'

const calls = (all: readonly { calls: readonly { method: string }[] }[]) =>
  all.at(-1)?.calls.map(({ method }) => method)

const logsIn = (what: string, begin: (req: Visit, next: () => void) => void) =>
  counting(
    what,
    {},
    {
      routes: (app) =>
        app.get('/login', (req: Visit, res) => {
          begin(req, () => {
            req.session.n = 0
            req.session.save(() => res.redirect('/'))
          })
        }),
    },
  )

prove(
  ['finding.regenerate-save-sets-twice'],
  'regenerate, save, redirect calls set twice, with the same content',
  {
    holdsIn: logsIn('regenerate, save, redirect', (req, next) => req.session.regenerate(next)),
    failsIn: logsIn('save, redirect', (_req, next) => next()),
  },
  async ({ request, demo, evidence }) => {
    await request.get('/login', { maxRedirects: 0 })
    const [login] = demo.wire()
    await evidence.calls('store calls', login?.calls)
    const sets = login?.calls.filter(({ method }) => method === 'set') ?? []
    expect(sets).toHaveLength(2)
    const withoutClock = sets.map(({ data }) => JSON.parse(data ?? '{}').n)
    expect(withoutClock).toEqual([0, 0])
  },
)

/** Saves when it is told to. */
class Waiting extends session.MemoryStore {
  go: () => void = () => {}
  override set(sid: string, data: SessionData, callback?: (error?: unknown) => void): void {
    this.go = () => super.set(sid, data, callback)
  }
}

const waiting = new Waiting()
const answersWith = (what: string, answer: (res: Response) => void) =>
  counting(
    what,
    { store: waiting },
    {
      routes: (app) =>
        app.get('/answer', (req: Visit, res) => {
          req.session.n = 1
          answer(res)
        }),
    },
  )

/** How much of the answer is here while the session is not saved yet, and when it is. */
const bodyBeforeAndAfter = (url: string) =>
  new Promise<string[]>((resolve, reject) => {
    let body = ''
    const request = get(url, { agent: false }, (response) => {
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text
        if (seen.length > 0) return
        seen.push(body)
        waiting.go()
      })
      response.on('end', () => resolve([...seen, body]))
    })
    const seen: string[] = []
    request.on('error', reject)
    setTimeout(() => seen.length === 0 && waiting.go(), 150)
  })

prove(
  ['finding.answer-leaves-before-the-save'],
  'with a redirect all but the last byte is here before the session is saved',
  {
    holdsIn: answersWith('redirect', (res) => res.redirect('/')),
    failsIn: answersWith('end without a body', (res) => void res.status(302).location('/').end()),
  },
  async ({ demo, evidence }) => {
    const [before = '', after = ''] = await bodyBeforeAndAfter(`${demo.url}answer`)
    await evidence.json('the body before the session was saved, and afterwards', [before, after])
    expect(before).toMatch(/^Found. Redirecting to $/)
    expect(after).toBe(`${before}/`)
  },
)

const changes = (what: string, order: 'after' | 'before') =>
  counting(
    what,
    {},
    {
      routes: (app) =>
        app.get('/late', (req: Visit, res) => {
          const change = (then: () => void) => {
            req.session.n = 1
            req.session.save(then)
          }
          if (order === 'before') return change(() => res.send('saved'))
          res.once('finish', () => change(() => {}))
          return res.send('not saved yet')
        }),
    },
  )

prove(
  ['finding.save-after-the-end-makes-a-row-without-cookie'],
  'what is saved after the response is a row whose cookie nobody has',
  { holdsIn: changes('changed after the end', 'after'), failsIn: changes('saved first', 'before') },
  async ({ request, demo, evidence }) => {
    const lines = setCookieLines(await request.get('/late'))
    await expect.poll(async () => (await demo.rows()).length).toBe(1)
    await evidence.row('row', (await demo.rows())[0])
    await evidence.setCookie('Set-Cookie', lines)
    expect(lines).toEqual([])
  },
)

/** Cannot remove anything. */
class Keeping extends session.MemoryStore {
  override destroy(_sid: string, callback?: (error?: unknown) => void): void {
    callback?.(new Error('it cannot be removed'))
  }
}
const renews = (what: string, store: session.Store) =>
  counting(
    what,
    { store },
    {
      routes: (app) =>
        app.get('/renew', (req: Visit, res) => {
          const before = req.sessionID
          req.session.regenerate((error?: Error) => {
            store.get(before, (_error, row) =>
              res.json({ error: error?.message, isNew: req.sessionID !== before, isOldThere: Boolean(row) }),
            )
          })
        }),
    },
  )

prove(
  ['finding.regenerate-hands-on-a-failed-destroy'],
  'where destroy fails, regenerate says so, has begun a new session, and the old row lives',
  {
    holdsIn: renews('destroy fails', new Keeping()),
    failsIn: renews('destroy works', new session.MemoryStore()),
  },
  async ({ request, evidence }) => {
    await request.get('/')
    const seen = await (await request.get('/renew')).json()
    await evidence.json('in the callback of regenerate', seen)
    expect(seen).toEqual({ error: 'it cannot be removed', isNew: true, isOldThere: true })
  },
)

test.describe('responses without a body', () => {
  const answers = (what: string, at: string) =>
    counting(
      what,
      {},
      {
        at,
        routes: (app) =>
          app.get('/same', (req: Visit, res) => {
            if (req.session) req.session.n = 1
            res.status(304).end()
          }),
      },
    )

  prove(
    ['finding.head-sets-the-cookie-too'],
    'HEAD and 304 set the cookie of a new session',
    { holdsIn: answers('session() everywhere', '/'), failsIn: answers('session() elsewhere', '/elsewhere') },
    async ({ demo, evidence }) => {
      const lines = async (path: string, method: string) =>
        (await fetch(demo.url + path, { method })).headers.getSetCookie()
      const seen = { head: await lines('', 'HEAD'), same: await lines('same', 'GET') }
      await evidence.setCookie('Set-Cookie of HEAD, and of 304', [...seen.head, ...seen.same])
      expect([seen.head.length, seen.same.length]).toEqual([1, 1])
      expect(calls(demo.wire())).toEqual(['set'])
    },
  )
})
