import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { refuseBrokenRequest } from '../../lab/http/problems.ts'
import { certificate } from '../../lab/http/tls-proxy.ts'
import { expect, test } from '../support/worker.ts'

/** A server whose responses end when a test says so; that to `/streamed` begins at once. */
interface Streaming {
  open(): Socket
  close(): Promise<void>
  /** How many bytes have arrived in all. */
  arrived(): number
  /** The server has closed the first connection. */
  cutOff: Promise<unknown>
  /** The first response, once it has begun. */
  response(): Promise<ServerResponse>
}

const timeouts = { headersTimeout: 100, requestTimeout: 100, connectionsCheckingInterval: 20 } // ms

async function start(isTls: boolean, options = {}): Promise<Streaming> {
  let begin: (res: ServerResponse) => void = () => {}
  const begun = new Promise<ServerResponse>((resolve) => {
    begin = resolve
  })
  const handler = (req: IncomingMessage, res: ServerResponse) => {
    if (req.url === '/streamed') res.write('first')
    begin(res)
  }
  const server = isTls
    ? createTlsServer({ ...options, ...(await certificate()) }, handler)
    : createServer(options, handler)
  server.on('clientError', refuseBrokenRequest)
  const sockets: Socket[] = []
  const cutOff = new Promise((resolve) => {
    server.on('connection', (socket: Socket) => sockets.push(socket.once('close', resolve)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const to = { port, host: '127.0.0.1', allowHalfOpen: true }
  return {
    open: () => (isTls ? connectTls({ ...to, rejectUnauthorized: false }) : connect(to)),
    response: () => begun,
    cutOff,
    arrived: () => sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Everything that a socket receives until it is closed, or ended by the server. */
function received(socket: Socket): {
  includes(part: string): Promise<void>
  over: Promise<string>
} {
  let text = ''
  const waiting: [string, () => void][] = []
  socket.on('data', (data) => {
    text += data
    for (const [part, done] of waiting) if (text.includes(part)) done()
  })
  socket.on('error', () => {}) // cut off, as it may be
  const over = new Promise<string>((resolve) => {
    socket.once('end', () => resolve(text))
    socket.once('close', () => resolve(text))
  })
  return {
    includes: (part) =>
      text.includes(part) ? Promise.resolve() : new Promise((done) => waiting.push([part, done])),
    over,
  }
}

for (const isTls of [false, true]) {
  test.describe(isTls ? 'over TLS' : 'over TCP', () => {
    test('what is no request is not answered into a response that has begun: the line is cut', async () => {
      const server = await start(isTls)
      const socket = server.open()
      const { includes, over } = received(socket)
      socket.write('GET /streamed HTTP/1.1\r\nHost: localhost\r\n\r\n')
      await includes('first')
      socket.write('GARBAGE\r\n\r\n')
      const text = await over
      expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200'])
      expect(text.endsWith('first\r\n')).toBe(true)
      await server.close()
    })

    test('once a response is over, the next broken request is answered in words', async () => {
      const server = await start(isTls)
      const socket = server.open()
      const { includes, over } = received(socket)
      socket.write('GET /streamed HTTP/1.1\r\nHost: localhost\r\n\r\n')
      await includes('first')
      ;(await server.response()).end('last')
      await includes('last')
      socket.write('GARBAGE\r\n\r\n')
      expect(await over).toMatch(/^HTTP\/1\.1 200 .*last.*HTTP\/1\.1 400 .*正しくない/s)
      await server.close()
    })

    for (const [what, parts, status, said] of [
      [
        'too many cookies in one packet',
        ['GET / HTTP/1.1\r\nCookie: a=', 'x'.repeat(20_000)],
        431,
        'Cookieを消して',
      ],
      [
        'a broken body',
        ['POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n', 'zz\r\n'],
        400,
        '正しくない',
      ],
      ['what is no HTTP', ['こんにちは\r\n\r\n'], 400, '正しくない'],
      ['a method that nobody knows', ['BREW / HTTP/1.1\r\nHost: a\r\n\r\n'], 501, 'メソッド'],
    ] as const) {
      test(`${what}, and in several packets: ${status}`, async () => {
        const server = await start(isTls)
        for (const packets of [[parts.join('')], parts]) {
          const socket = server.open()
          const { over } = received(socket)
          for (const packet of packets) {
            const before = server.arrived()
            socket.write(packet)
            while (server.arrived() === before) await setImmediate() // or two would come as one
          }
          const text = await over
          expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
          expect(text).toContain(said)
        }
        await server.close()
      })
    }

    test('a head and a body that do not arrive in time: 408', async () => {
      const server = await start(isTls, timeouts)
      for (const part of [
        'GET / HTTP/1.1\r\nHost: a\r\nX-',
        'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nuser=',
      ]) {
        const socket = server.open()
        const { over } = received(socket)
        socket.write(part)
        const text = await over
        expect(text).toMatch(/^HTTP\/1\.1 408 /)
        expect(text).toContain('時間内に届かなかった')
      }
      await server.close()
    })
  })
}

test('a refused visitor who goes on sending gets the whole answer, and is cut off when they do not hang up', async () => {
  const server = await start(false)
  const socket = server.open()
  const { over } = received(socket)
  socket.write(`GET / HTTP/1.1\r\nCookie: a=${'x'.repeat(20_000)}`)
  const text = await over
  expect(text).toMatch(/^HTTP\/1\.1 431 .*<\/html>$/s)
  socket.write('x'.repeat(20_000)) // allowHalfOpen: this end stays open
  await server.cutOff
  socket.destroy()
  await server.close()
})
