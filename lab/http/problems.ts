import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import escapeHtml from 'escape-html'
import type { Words } from './words.ts'

/** What a status means to the person who got it, and what they can do. */
const explanations: Readonly<Record<number, Words>> = {
  400: {
    ja: '要求の形が正しくないため、処理できませんでした。URLや送信内容を確かめて、もう一度お試しください。',
    en: 'The request is malformed, so it was not processed. Check the address or the form and try again.',
  },
  403: {
    ja: 'この要求は許されていません。ラボのページは、このコンピューターのlocalhostからだけ使えます。',
    en: 'This is not allowed. The lab pages answer only on localhost, on this computer.',
  },
  404: {
    ja: 'このアプリに、そのページはありません。',
    en: 'This app has no such page.',
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
    ja: 'この要求の方式(メソッド)を、サーバーは知りません。',
    en: 'The server does not know this request method.',
  },
  502: {
    ja: 'この要求を受け持ったプロセスが、答えずに接続を切りました。途中で終わったのかもしれません。処理されたかどうかはわかりません。もとのページで結果を確かめてから、もう一度お試しください。',
    en: 'The process that had this request broke off before it answered; it may have ended. Whether it was carried out is not known: look at the page you came from, then try again.',
  },
  503: {
    ja: 'セッションストアが応答しないため、処理できませんでした。ほかのセッションは失われていません。しばらくして、もう一度お試しください。',
    en: 'The session store did not do its work, so the request could not be served. No other session is lost. Try again in a while.',
  },
}
const otherClientError: Words = {
  ja: '要求を処理できませんでした。',
  en: 'The request could not be processed.',
}
const otherServerError: Words = { ja: 'サーバーで問題が起きました。', en: 'The server met a problem.' }

const explain = (status: number): Words =>
  explanations[status] ?? (status < 500 ? otherClientError : otherServerError)

function html(status: number, detail: string): string {
  const title = `${status} ${STATUS_CODES[status] ?? ''}`
  const { ja, en } = explain(status)
  return (
    '<!doctype html><html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
    `<title>${title}</title><link rel="stylesheet" href="/style.css"></head>` +
    `<body><main><h1>${title}</h1><p>${ja}</p><p lang="en">${en}</p>` +
    (detail ? `<p lang="en"><code>${escapeHtml(detail)}</code></p>` : '') +
    '<p><a href="/">もどる / <span lang="en">back</span></a></p></main></body></html>'
  )
}

/**
 * The last handler of a request: called with an error, or with nothing when no one answered it (404).
 * Answers with a status that fits and a page in words, and prints server errors. When the head of the response has
 * already left, the status can no longer be changed; the problem is then only printed.
 */
export function problemPage(req: IncomingMessage, res: ServerResponse, name: string) {
  return (error?: unknown): void => {
    const status = statusOf(error)
    const message = error === undefined ? '' : ((error as Error).message ?? String(error))
    if (status >= 500) {
      const late = res.headersSent ? ' (応答は送信済み / the response had already left)' : ''
      console.error(`[${name}] ${status} ${req.method} ${req.url}: ${message}${late}`)
      if (status === 500 && error instanceof Error) console.error(error.stack)
    }
    if (res.headersSent) {
      if (!res.writableEnded) res.destroy()
      return
    }
    forgetHalfMadeSession(req)
    req.resume() // lets an upload that nobody reads run out, so that the answer arrives
    const body = html(status, status === 500 ? '' : message)
    res.statusCode = status
    res.setHeader('Content-Type', 'text/html; charset=utf-8')
    res.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'self'")
    res.setHeader('Content-Length', Buffer.byteLength(body))
    res.end(body)
  }
}

/** Where `session()` threw while it made a session, one without a cookie is left, on which its own end() would throw. */
function forgetHalfMadeSession(req: IncomingMessage & { session?: { cookie?: unknown } }) {
  if (req.session && !req.session.cookie) delete req.session
}

function statusOf(error: unknown): number {
  if (error === undefined) return 404
  const { status, statusCode } = (error ?? {}) as { status?: unknown; statusCode?: unknown }
  const given = typeof status === 'number' ? status : statusCode
  return typeof given === 'number' && given >= 400 && given < 600 ? given : 500
}

const brokenStatus: Readonly<Record<string, number>> = {
  HPE_INVALID_METHOD: 501,
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/** For a server's `clientError`: answers in words what is no HTTP request at all, instead of cutting the line. */
export function refuseBrokenRequest(
  error: NodeJS.ErrnoException & { rawPacket?: Buffer },
  socket: Duplex,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const looksLikeHttp = /^[A-Z]+ \S+ HTTP\//.test(error.rawPacket?.toString('latin1', 0, 200) ?? '')
  const status = (looksLikeHttp && brokenStatus[error.code ?? '']) || 400
  const body = html(status, '')
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: text/html; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}
