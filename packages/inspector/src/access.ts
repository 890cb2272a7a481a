import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import createError from 'http-errors'

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Lets only this computer's own browser pages in, because session ids are shown. `Host` has to be loopback by name,
 * so that a foreign name that resolves to 127.0.0.1 (DNS rebinding) gets nothing; whatever changes something has to
 * come from a page of the same origin.
 */
export function onlyFromHere(req: Request, _res: Response, next: NextFunction) {
  const host = (req.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
  if (!loopbackNames.has(host)) return next(createError(403, `Host "${req.headers.host ?? ''}"`))
  const origin = req.headers.origin
  if (req.method === 'POST' && origin !== `${req.protocol}://${req.headers.host}`) {
    return next(createError(403, `Origin "${origin ?? ''}"`))
  }
  next()
}

/** What the lab makes sure of when it starts has to be seen from the connection here: loopback, and no proxy between. */
function onlyOverLoopback(req: Request, _res: Response, next: NextFunction) {
  const { localAddress = '', remoteAddress = '' } = req.socket
  const isForwarded = req.headers['x-forwarded-for'] !== undefined || req.headers.forwarded !== undefined
  const isHere = isLoopback(localAddress) && isLoopback(remoteAddress) && !isForwarded
  next(isHere ? undefined : createError(403, 'The inspector answers on loopback only.'))
}

const isLoopback = (address: string) => /^(::ffff:)?127\.|^::1$/.test(address)

/** What every page of ours sends: nothing from elsewhere runs in it, nothing of it is kept or framed. */
export function ownHeaders(_req: Request, res: Response, next: NextFunction) {
  const frames = 'http://localhost:* https://localhost:* http://127.0.0.1:* https://127.0.0.1:*'
  res.set({
    'Cache-Control': 'no-store',
    'Content-Security-Policy':
      `default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; ` +
      `frame-src 'self' ${frames}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  })
  next()
}

/** `pages` under `path`, for whoever listens without the lab around it. */
export function guarded(path: string, pages: Express): Express {
  const app = express()
  app.disable('x-powered-by')
  app.use(onlyOverLoopback, onlyFromHere, ownHeaders)
  app.use(path, pages)
  app.use(
    (error: { status?: number; message?: string }, _req: Request, res: Response, _next: NextFunction) => {
      const status = error.status ?? 500
      if (status >= 500) console.error(error)
      res
        .status(status)
        .type('text')
        .send(status < 500 ? (error.message ?? '') : 'The inspector failed.')
    },
  )
  return app
}
