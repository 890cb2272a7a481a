import { connect } from 'node:net'

interface Load {
  connections: number
  ms: number
}

interface Served {
  requests: number
  seconds: number
}

/**
 * Lets `connections` browsers tap the counter at `port` for `ms`: each has a keep-alive connection and a session of
 * its own, and goes on without a pause: `GET /tap`, which writes, then `GET /`, to which that redirects.
 * @throws Error when an answer is not the expected one, or the count on the page is not the number of taps
 */
export async function load(port: number, { connections, ms }: Load): Promise<Served> {
  const started = performance.now()
  const browsers = Array.from({ length: connections }, () => tapUntil(port, started + ms))
  const requests = (await Promise.all(browsers)).reduce((sum, count) => sum + count, 0)
  return { requests, seconds: (performance.now() - started) / 1000 }
}

async function tapUntil(port: number, end: number): Promise<number> {
  const browser = await openBrowser(port)
  let taps = 0
  try {
    while (performance.now() < end) {
      taps++
      const tapped = await browser.get('/tap')
      if (tapped.status !== 302) throw new Error(`GET /tap answered ${tapped.status}`)
      const page = await browser.get('/')
      if (page.status !== 200) throw new Error(`GET / answered ${page.status}`)
      if (!page.body.includes(`aria-label="count">${taps}<`))
        throw new Error(`GET / after ${taps} taps:\n${page.body}`)
    }
  } finally {
    browser.close()
  }
  return taps * 2
}

interface Answer {
  status: number
  body: string
}

/** As little of a browser as will do: one connection, its cookies, answers with a `Content-Length`, one at a time. */
async function openBrowser(port: number) {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true).setEncoding('latin1') // one character is one byte
  const cookies = new Map<string, string>()
  let received = ''
  let settle: ((answer: Answer | Error) => void) | undefined

  socket.on('data', (chunk: string) => {
    received += chunk
    const headEnd = received.indexOf('\r\n\r\n')
    if (headEnd < 0) return
    const head = received.slice(0, headEnd)
    const length = /^content-length: (\d+)/im.exec(head)?.[1]
    if (length === undefined) return fail(new Error(`An answer without Content-Length:\n${head}`))
    const end = headEnd + 4 + Number(length)
    if (received.length < end) return
    for (const [, name = '', value = ''] of head.matchAll(/^set-cookie: ([^=\r]*)=([^;\r]*)/gim)) {
      cookies.set(name, value)
    }
    const answer = { status: Number(head.slice(9, 12)), body: received.slice(headEnd + 4, end) }
    received = received.slice(end)
    settle?.(answer)
  })
  const fail = (error: Error) => settle?.(error)
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('The server closed the connection')))
  await new Promise((resolve, reject) => {
    settle = reject
    socket.once('connect', resolve)
  })

  return {
    get: (path: string) =>
      new Promise<Answer>((resolve, reject) => {
        settle = (answer) => (answer instanceof Error ? reject(answer) : resolve(answer))
        const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
        socket.write(
          `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nUser-Agent: bench\r\nAccept: text/html\r\n` +
            `${cookie && `Cookie: ${cookie}\r\n`}\r\n`,
        )
      }),
    close: () => socket.destroy(),
  }
}
