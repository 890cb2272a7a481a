import type { Request } from 'express'

type Method = 'regenerate' | 'save' | 'destroy'

const awaited = (method: Method) => (req: Request) =>
  new Promise<void>((resolve, reject) => {
    req.session[method]((error) => (error ? reject(error) : resolve()))
  })

/** The methods of a session to wait for: what they call back with becomes an error of the handler (Express 5). */
export const regenerate = awaited('regenerate')
export const save = awaited('save')
export const destroy = awaited('destroy')
