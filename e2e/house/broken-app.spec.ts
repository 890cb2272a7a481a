import express from 'express'
import session from 'express-session'
import type { CreateApp } from '../../apps/create-app.ts'
import { expect, inlineApp, test } from '../support/fixtures.ts'

const withCookie =
  (cookie: unknown): CreateApp =>
  ({ store, secret }) => {
    const app = express()
    const options = { secret, store, resave: false, saveUninitialized: true, cookie }
    app.use(session(options as session.SessionOptions))
    app.get('/', (_req, res) => void res.send('served'))
    return app
  }

const throwing = () => {
  throw new Error('thrown by the cookie function')
}

for (const [what, cookie] of [
  ['a maxAge that is text', { maxAge: '5000' }],
  ['a cookie function that throws', throwing],
  ['a cookie function that returns nothing', () => undefined],
] as const) {
  test.describe(what, () => {
    test.use({ app: inlineApp({ scenario: 'counter', name: what, createApp: withCookie(cookie) }) })

    test('makes each request a 500 in words, and the process goes on', async ({ request }) => {
      for (const attempt of [1, 2]) {
        const response = await request.get('/')
        expect(response.status(), `attempt ${attempt}`).toBe(500)
        expect(await response.text()).toMatch(/[ぁ-ん]/)
      }
    })
  })
}

test.describe('an app that fails after its head has left', () => {
  const createApp: CreateApp = () => {
    const app = express()
    app.get('/', (_req, res, next) => {
      res.write('half a page')
      next(new Error('too late'))
    })
    return app
  }
  test.use({ app: inlineApp({ scenario: 'counter', name: 'fails late', createApp }) })

  test('ends the connection instead of leaving it hanging, and the process goes on', async ({ request }) => {
    for (let attempt = 0; attempt < 2; attempt++) await expect(request.get('/')).rejects.toThrow()
  })
})
