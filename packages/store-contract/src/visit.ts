import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Express, NextFunction, Request, Response } from 'express'

/** What one visitor gets from a path: the beginning of the text, and of an error its message. Cookies are kept. */
type Get = (path: string) => Promise<string>

/**
 * Serves an app to one visitor, for as long as the visit takes.
 * @throws Error with the name TimeoutError when a request is not answered within 5 s
 */
export async function visit<T>(app: Express, come: (get: Get) => Promise<T>): Promise<T> {
  app.use((error: unknown, _req: Request, res: Response, _next: NextFunction) => {
    res.status(500).end(String(error))
  })
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let cookie = ''
  try {
    return await come(async (path) => {
      const answer = await fetch(url + path, {
        headers: { cookie },
        redirect: 'manual',
        signal: AbortSignal.timeout(5_000),
      })
      cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
      return (await answer.text()).slice(0, 200)
    })
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
