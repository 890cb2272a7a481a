import express, { type Request, type RequestHandler } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'
import { codeFor, optionsFor, readChoice, remarksOn } from './form/choice.ts'
import { formPage } from './form/form.ts'

type Visit = Omit<Request, 'session'> & { session?: Request['session'] & { count?: number } }

const links =
  '<p class="actions"><a class="button" href="/write">write</a> <a href="/">read</a> <a href="/unset">unset</a> ' +
  '<a href="/regenerate">regenerate</a> <a href="/destroy">destroy</a></p>'

export const createApp: CreateApp = (parts) => {
  const app = express()
  app.use(express.static('public'))
  parts.store.setMaxListeners(0) // each new session() listens to the store, and there may be many

  let running = readChoice(new URLSearchParams())
  let withSession: RequestHandler = session(optionsFor(running, parts))

  app.locals['chosenCode'] = () => codeFor(running)

  const form = express.text({ type: 'application/x-www-form-urlencoded', limit: '10kb' })

  // the form is answered before the session: it works whatever is chosen
  app.get('/options', (req, res) => {
    const choice = req.url.includes('?')
      ? readChoice(new URL(req.url, 'http://localhost').searchParams)
      : running
    res.send(page('session({ … })', formPage(choice, running)))
  })

  app.post('/options', form, (req, res) => {
    const choice = readChoice(new URLSearchParams(String(req.body ?? '')))
    if (remarksOn(choice).some(({ isImpossible }) => isImpossible)) {
      return void res.status(400).send(page('session({ … })', formPage(choice, running)))
    }
    withSession = session(optionsFor(choice, parts))
    running = choice
    res.redirect(303, '/')
  })

  app.use((req, res, next) => withSession(req, res, next))

  app.get('/', (req: Visit, res) => {
    const count = req.session ? String(req.session.count ?? 0) : 'req.session: undefined'
    const demo = `<p class="count" aria-label="count">${count}</p>${links}`
    res.send(page('playground', formPage(running, running, demo)))
  })

  app.get('/write', (req: Visit, res) => {
    if (req.session) req.session.count = (req.session.count ?? 0) + 1
    res.redirect('/')
  })

  app.get('/unset', (req: Visit, res) => {
    delete req.session
    res.redirect('/')
  })

  for (const method of ['regenerate', 'destroy'] as const) {
    app.get(`/${method}`, (req: Visit, res, next) => {
      if (!req.session) return res.redirect('/')
      req.session[method]((err) => (err ? next(err) : res.redirect('/')))
    })
  }

  return app
}
