import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { html } from '../../common/html.ts'
import type { Words } from '../../common/words.ts'
import { wordsPath } from '../demo-words.ts'

/** What a status means to the person who got it, and what they can do. */
const explanations: Readonly<Record<number, Words>> = {
  400: {
    ja: 'リクエストの形が正しくないため、処理できませんでした。URLや送信内容を確かめて、もう一度お試しください。',
    en: 'The request is malformed, so it was not processed. Check the address or the form and try again.',
  },
  403: {
    ja: 'このリクエストは許されていません。ラボのページは、このコンピューターのlocalhostからだけ使えます。',
    en: 'This is not allowed. The lab pages answer only on localhost, on this computer.',
  },
  404: {
    ja: 'このアプリに、そのページはありません。',
    en: 'This app has no such page.',
  },
  408: {
    ja: 'リクエストの残りが時間内に届かなかったため、待つのをやめました。もう一度お試しください。',
    en: 'The rest of the request did not arrive in time, so the server stopped waiting for it. Try again.',
  },
  413: {
    ja: '送られた内容が大きすぎるため、受け取りませんでした。小さくして、もう一度お試しください。',
    en: 'The body is too large and was not accepted. Send less and try again.',
  },
  431: {
    ja: 'ヘッダー(多くはCookie)が大きすぎます。このサイトのCookieを消して、もう一度お試しください。',
    en: 'The headers (most often the cookies) are too large. Delete the cookies of this site and try again.',
  },
  500: {
    ja: 'アプリの中で予期しないエラーが起きました。サーバーは動き続けています。詳しくは端末の表示を見てください。',
    en: 'Something unexpected failed inside the app. The server goes on; the terminal shows the details.',
  },
  501: {
    ja: 'このリクエストの方式(メソッド)を、サーバーは知りません。',
    en: 'The server does not know this request method.',
  },
  502: {
    ja: 'このリクエストを受け持ったプロセスが、答えずに接続を切りました。途中で終わったのかもしれません。処理されたかどうかはわかりません。もとのページで結果を確かめてから、もう一度お試しください。',
    en: 'The process that had this request broke off before it answered; it may have ended. Whether it was carried out is not known: look at the page you came from, then try again.',
  },
  503: {
    ja: 'セッションストアが応答しないため、処理できませんでした。ほかのセッションは失われていません。しばらくして、もう一度お試しください。',
    en: 'The session store did not do its work, so the request could not be served. No other session is lost. Try again in a while.',
  },
  504: {
    ja: 'このリクエストを受け持ったプロセスが、時間内に答えませんでした。処理されたかどうかはわかりません。POSTなどは、二重に処理されないように、ほかのプロセスには送り直しません。もとのページで結果を確かめてから、もう一度お試しください。',
    en: 'The process that had this request did not answer in time. Whether it was carried out is not known, and so that nothing is done twice, a POST is not sent to another one: look at the page you came from, then try again.',
  },
}
const otherClientError: Words = {
  ja: 'リクエストを処理できませんでした。',
  en: 'The request could not be processed.',
}
const otherServerError: Words = { ja: 'サーバーで問題が起きました。', en: 'The server met a problem.' }

const explain = (status: number): Words =>
  explanations[status] ?? (status < 500 ? otherClientError : otherServerError)

/** An error that says in its own words what happened, and what to do. */
type InWords = Error & { words: Words }

/** A page in both languages: `wordsPath` hides the other one. */
function page(status: number, detail: string, { ja, en }: Words = explain(status)): string {
  const title = `${status} ${STATUS_CODES[status] ?? ''}`
  return html`<!doctype html>
<html lang="ja">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><link rel="stylesheet" href="/style.css"><script src="${wordsPath}"></script></head>
<body><main>
<h1>${title}</h1><p lang="ja">${ja}</p><p lang="en">${en}</p>
${detail && html`<p><code>${detail}</code></p>`}
<p><a href="/"><span lang="ja">戻る</span> <span lang="en">back</span></a></p>
</main></body>
</html>`.html
}

type WithSession = IncomingMessage & { session?: { cookie?: unknown } }

/**
 * The last handler of a request: called with an error, or with nothing when no one answered it (404).
 * Answers with a status that fits and a page in words, and prints server errors. When the head of the response has
 * already left, the status can no longer be changed; the problem is then only printed.
 * It is to be made before the app is called: what throws while the app's answer leaves comes to it, too.
 */
export function problemPage(req: IncomingMessage, res: ServerResponse, name: string) {
  const problem = (error?: unknown): void => {
    const status = statusOf(error)
    const message = error === undefined ? '' : ((error as Error).message ?? String(error))
    if (status >= 500) {
      const late = res.headersSent ? ' (レスポンスは送信済み / the response had already left)' : ''
      console.error(`[${name}] ${status} ${req.method} ${req.url}: ${message}${late}`)
      if (status === 500 && error instanceof Error) console.error(error.stack)
    }
    if (res.headersSent) {
      if (!res.writableEnded) res.destroy()
      return
    }
    forgetHalfMadeSession(req)
    req.resume() // lets an upload that nobody reads run out, so that the answer arrives
    const body = page(status, status === 500 ? '' : message, (error as Partial<InWords> | undefined)?.words)
    res.statusCode = status
    res.setHeader('Content-Type', 'text/html; charset=utf-8')
    res.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'self'; script-src 'self'")
    res.setHeader('Content-Length', Buffer.byteLength(body))
    res.end(body)
  }
  catchWhileAnswering(req, res, problem)
  return problem
}

/**
 * express-session touches and saves the session in `end` (the session's part of the head in the first `write`), and
 * what throws there would go to whoever called it: a callback, where it ends the process, or Express, whose own answer
 * then never leaves, because express-session lets `end` through once only. So the session is given up for this
 * request, `problem` answers without what has been put around `res`, and the app's own answer goes nowhere.
 */
function catchWhileAnswering(req: WithSession, res: ServerResponse, problem: (error: unknown) => void) {
  type Send = (...args: unknown[]) => unknown
  const bare = { write: res.write as Send, end: res.end as Send }
  const now = { ...bare }
  const ignore: Send = () => true

  function giveUp(error: unknown) {
    delete req.session
    Object.assign(now, bare)
    problem(error)
    Object.assign(now, { write: ignore, end: ignore })
  }

  const caught = (send: Send): Send =>
    function (this: unknown, ...args) {
      try {
        return send.apply(this, args)
      } catch (error) {
        if (!req.session) throw error
        giveUp(error)
        return true
      }
    }

  for (const method of ['write', 'end'] as const) {
    now[method] = caught(bare[method])
    Object.defineProperty(res, method, {
      configurable: true,
      enumerable: true,
      get: () => now[method],
      set(send: Send) {
        now[method] = caught(send)
      },
    })
  }
}

/** Where `session()` threw while it made a session, one without a cookie is left, on which its own end() would throw. */
function forgetHalfMadeSession(req: WithSession) {
  if (req.session && !req.session.cookie) delete req.session
}

function statusOf(error: unknown): number {
  if (error === undefined) return 404
  const { status, statusCode } = (error ?? {}) as { status?: unknown; statusCode?: unknown }
  const given = typeof status === 'number' ? status : statusCode
  return typeof given === 'number' && given >= 400 && given < 600 ? given : 500
}

const brokenStatus: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

const lingering = 1_000 // ms that a refused visitor has for reading why, and hanging up

/**
 * For a server's `clientError`: answers in words what is no HTTP request, instead of cutting the line. Where a response
 * has begun, the line is cut: what is written then would be taken for a part of it.
 */
export function refuseBrokenRequest(
  error: NodeJS.ErrnoException & { rawPacket?: Buffer },
  socket: Duplex,
): void {
  if (socket.writableEnded) return // it has its answer; what it still sends comes to nothing
  if (error.code === 'ECONNRESET' || !socket.writable || hasBegun(socket)) {
    socket.destroy()
    return
  }
  const status = brokenStatus[error.code ?? ''] ?? (isUnknownMethod(error) ? 501 : 400)
  const body = page(status, '')
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: text/html; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
  // not at once: when unread bytes are left, the system would take the answer back
  setTimeout(() => socket.destroy(), lingering).unref()
}

/** Whether a response is on its way through this socket. Node has no public name for it; its own handler asks the same. */
const hasBegun = (socket: Duplex & { _httpMessage?: ServerResponse | null }): boolean =>
  socket._httpMessage?.headersSent ?? false

/** Whether it is HTTP but for its method. */
const isUnknownMethod = ({ code, rawPacket }: NodeJS.ErrnoException & { rawPacket?: Buffer }): boolean =>
  code === 'HPE_INVALID_METHOD' && /^[A-Z]+ \S+ HTTP\//.test(rawPacket?.toString('latin1', 0, 200) ?? '')
