import type { NextFunction, Request, Response } from 'express'
import createError from 'http-errors'

const allowedHosts = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Lets only this computer's own browser pages in: the lab shows session ids. `Host` has to be loopback by name, so
 * that a foreign name that resolves to 127.0.0.1 (DNS rebinding) gets nothing, and whatever changes something has
 * to come from a page of the same origin.
 */
export function onlyFromHere(req: Request, _res: Response, next: NextFunction) {
  const host = (req.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
  if (!allowedHosts.has(host)) return next(createError(403, `Host "${req.headers.host ?? ''}"`))
  const origin = req.headers.origin
  if (req.method === 'POST' && origin !== `http://${req.headers.host}`) {
    return next(createError(403, `Origin "${origin ?? ''}"`))
  }
  next()
}

/** What every page of ours sends: nothing from elsewhere runs in it, nothing of it is kept or framed. */
export function ownHeaders(req: Request, res: Response, next: NextFunction) {
  const host = (req.headers.host ?? '').replace(/:\d+$/, '')
  res.set({
    'Cache-Control': 'no-store',
    'Content-Security-Policy':
      `default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; ` +
      `frame-src 'self' http://${host}:*; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  })
  next()
}
