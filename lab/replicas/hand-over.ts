import type { IncomingMessage, ServerResponse } from 'node:http'
import createError from 'http-errors'
import type { Words } from '../../common/words.ts'
import type { Replica } from './process.ts'

/** Sent twice, one of these does the same as sent once (RFC 9110, 9.2.2). */
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE'])
const longestKept = 65_536 // bytes of a body that is kept, to be sent again if need be
const mostTries = 3

/**
 * Has a request answered by a process. When that is gone or hangs, another one gets it, if that is safe: it never arrived, or
 * its method is idempotent and no response had begun. (nginx does so by default: `proxy_next_upstream error timeout`.)
 * @param choose gives a process that is none of those that have been tried; undefined when there is none
 * @throws HttpError 502 when it may have been carried out, and must not be repeated, or nobody is left to answer it
 * @throws HttpError 504 when it hung instead
 * @throws HttpError 503 when no process could be started
 */
export async function handOver(
  req: IncomingMessage,
  res: ServerResponse,
  choose: (tried: ReadonlySet<Replica>) => Promise<Replica | undefined>,
): Promise<void> {
  const body = await readSmallBody(req).catch(() => undefined)
  if (res.destroyed) return // the visitor is gone
  const tried = new Set<Replica>()
  let last: Replica | undefined
  for (;;) {
    const replica = await choose(tried)
    if (!replica) throw last ? unanswered(req, last) : noneStarted()
    last = replica
    tried.add(replica)
    try {
      return await replica.answer(req, res, body)
    } catch (error) {
      if (res.headersSent || res.destroyed) return // the visitor sees a response that breaks off
      const hasArrived = (error as NodeJS.ErrnoException).code !== 'ECONNREFUSED'
      if (!hasArrived) replica.kill() // it ends just now, or listens no more: another one takes its place
      const isSafe = body !== undefined && (!hasArrived || idempotent.has(req.method ?? ''))
      if (!isSafe || tried.size === mostTries) throw unanswered(req, replica)
    }
  }
}

const unanswered = ({ method, url }: IncomingMessage, { slot, pid, isHung }: Replica) =>
  isHung()
    ? createError(504, `process ${slot} (pid ${pid}) hung, and did not answer ${method} ${url}`)
    : createError(502, `process ${slot} (pid ${pid}) broke off before it answered ${method} ${url}`)

const noneStarted = () =>
  createError(503, 'no process could be started', {
    words: {
      ja: 'アプリのプロセスを起動できなかったため、処理できませんでした。端末に理由が出ています。しばらくして、もう一度お試しください。',
      en: 'No process of the app could be started, so the request was not processed. The terminal says why. Try again in a while.',
    } satisfies Words,
  })

/** The whole body, when it is known to be small; undefined, and nothing read, for any other. */
async function readSmallBody(req: IncomingMessage): Promise<Buffer | undefined> {
  const length = Number(req.headers['content-length'] ?? 0)
  if (req.headers['transfer-encoding'] !== undefined || !(length <= longestKept)) return undefined
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk)
  return Buffer.concat(chunks)
}
