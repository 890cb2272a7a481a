import { once } from 'node:events'
import { createServer, request as httpRequest, IncomingMessage, ServerResponse } from 'node:http'
import {
  connect as connectHttp2,
  createServer as createHttp2Server,
  type Http2ServerResponse,
} from 'node:http2'
import { type AddressInfo, connect, Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import express, { type Request } from 'express'
import session from 'express-session'
import { createInspector, type Handler } from '#inspector'
import { whyNot } from '../../packages/inspector/src/access.ts'
import { expect, test } from '../support/fixtures.ts'

/** An app with the inspector around it, as it is imported. */
async function listenWith(host = 'localhost') {
  const app = express().get(/.*/, (req, res) => void res.send(`the app itself: ${req.path}`))
  const watched = createInspector().around(app as unknown as Handler)
  const server = createServer((req, res) => watched(req, res)).listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://localhost:${port}/`, port, close: () => server.close() }
}

/** What the panel answers to HTTP/1.0, which nginx speaks as it comes. */
const oldAnswer = (port: number) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(port, 'localhost', () =>
      socket.write(`GET /__lab/inspector/ HTTP/1.0\r\nHost: localhost:${port}\r\n\r\n`),
    )
    let text = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    socket.on('end', () => resolve(text)).on('error', reject)
  })

/** Notes what this process writes to its standard error, until it is given back. */
function noteErrors() {
  const lines: string[] = []
  const { write } = process.stderr
  process.stderr.write = (text: string | Uint8Array) => lines.push(String(text)) > 0
  const giveBack = () => {
    process.stderr.write = write
  }
  return { lines, giveBack }
}

test.describe('where the panel is not shown, it says why and what to do', () => {
  test('through a proxy, under a foreign name, and for what another page sends', async ({ request }) => {
    const { url, port, close } = await listenWith()
    const { lines, giveBack } = noteErrors()
    const ask = async (headers: Record<string, string>, lang = 'ja', method = 'GET') => {
      const to = `${url}__lab/inspector/${method === 'POST' ? 'clear' : ''}`
      const answer = await request.fetch(to, { method, headers: { 'Accept-Language': lang, ...headers } })
      expect(answer.status()).toBe(403)
      expect(answer.headers()['content-type']).toContain('text/plain')
      expect(answer.headers()['cache-control']).toBe('no-store')
      return answer.text()
    }
    for (const headers of [
      { 'X-Forwarded-For': '203.0.113.9' },
      { Forwarded: 'for=203.0.113.9' },
      { 'X-Real-IP': '203.0.113.9' },
      { 'X-Forwarded-Host': 'www.example.com' },
      { 'X-Forwarded-Proto': 'https' },
      { Via: '1.1 proxy' },
    ]) {
      const [name = '', value = ''] = Object.entries(headers)[0] ?? []
      const text = await ask(headers)
      expect(text).toContain(`プロキシを通って届きました(${name}: ${value})`)
      expect(text).toContain(`http://localhost:${port}/__lab/inspector/`)
      expect(text).toContain(`ssh -L ${port}:localhost:${port}`)
      expect(await ask(headers, 'en')).toContain(`came through a proxy (${name}: ${value})`)
    }
    const old = await oldAnswer(port)
    expect(old).toMatch(/^HTTP\/1.1 403 [\s\S]*HTTP\/1\.0[\s\S]*nginx/)
    expect(old).toContain(`ssh -L ${port}:localhost:${port}`)
    const foreign = await ask({ Host: 'www.example.com' })
    expect(foreign).toContain('Host: www.example.com')
    expect(foreign).toContain(`http://localhost:${port}/__lab/inspector/`)
    expect(await ask({ Origin: 'http://evil.test' }, 'en', 'POST')).toContain('Origin: http://evil.test')
    expect(await ask({}, 'ja', 'POST')).toContain('別のページ')
    expect(await (await request.get(`${url}other`)).text()).toBe('the app itself: /other')
    giveBack()
    close()
    expect(lines).toEqual([])
  })

  test("over a port that Docker publishes, or from another computer: by the connection's own addresses", () => {
    const connection = (remoteAddress: string, localAddress = '172.17.0.2') => ({
      method: 'GET',
      httpVersion: '1.1',
      headers: { host: 'localhost:3000' },
      socket: { remoteAddress, localAddress, localPort: 3000 },
    })
    expect(whyNot(connection('172.17.0.1'))).toEqual({ reason: 'remote', seen: '172.17.0.1' })
    expect(whyNot(connection('127.0.0.1', '172.17.0.2'))).toMatchObject({ reason: 'remote' })
    expect(whyNot(connection('::ffff:127.0.0.1', '::ffff:127.0.0.1'))).toBeUndefined()
    expect(whyNot(connection('::1', '::1'))).toBeUndefined()
  })

  test('a look from this computer by its own name on the network says so, with Docker and ssh', async () => {
    const [address] = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
    test.skip(!address, 'this machine has no address but its loopback ones')
    const { port, close } = await listenWith('0.0.0.0')
    const text = await new Promise<string>((resolve, reject) => {
      const headers = { Host: `localhost:${port}`, 'Accept-Language': 'ja' }
      httpRequest({ host: address?.address, port, path: '/__lab/inspector/', headers }, (answer) => {
        answer.setEncoding('utf8')
        let body = ''
        answer.on('data', (chunk: string) => {
          body += chunk
        })
        answer.on('end', () => resolve(body))
      })
        .on('error', reject)
        .end()
    })
    expect(text).toContain(address?.address)
    expect(text).toContain('docker run --network host')
    expect(text).toContain(`ssh -L ${port}:localhost:${port}`)
    close()
  })
})

test('the app is called on what it would be called on: its server, where it is given to one', () => {
  const seen: unknown[] = []
  const server = createServer(
    createInspector().around(function (this: unknown, _req, res) {
      seen.push(this)
      res.end()
    }),
  )
  const req = new IncomingMessage(new Socket())
  server.emit('request', req, new ServerResponse(req))
  expect(seen).toEqual([server])
})

test('over HTTP/2 the app is watched by the name it was asked for, and the panel says that it does not answer there', async () => {
  const failures: unknown[] = []
  const handle = session({ secret: 'shh', resave: false, saveUninitialized: true })
  const inspector = createInspector()
  const watched = inspector.around((req, res) => {
    res.on('error', () => {})
    handle(req as Request, res as express.Response, () => {
      try {
        res.end('saved')
      } catch (error) {
        failures.push((error as Error).message)
        ;(res as unknown as Http2ServerResponse).stream.close()
      }
    })
  })
  const server = createHttp2Server((req, res) => Reflect.apply(watched, server, [req, res]))
  await once(server.listen(0, 'localhost'), 'listening')
  const { port } = server.address() as AddressInfo
  const client = connectHttp2(`http://localhost:${port}`)
  const get = async (path: string) => {
    const stream = client.request({ ':path': path })
    let [status, text] = [0, '']
    stream.on('response', (head) => {
      status = Number(head[':status'])
    })
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    await once(stream, 'close')
    return { status, text }
  }
  const panel = await get('/__lab/inspector/')
  expect([panel.status, panel.text]).toEqual([505, expect.stringContaining('npx express-session-inspector')])
  await get('/')
  client.close()
  server.close()
  const [seen] = inspector.recorder.exchanges()
  expect([seen?.client.host, seen?.facts?.host]).toEqual(['localhost', `localhost:${port}`])
  expect(failures).toEqual(['res._implicitHeader is not a function']) // express-session's own, as the README says
})

test.describe('in production', () => {
  for (const [consent, isShown] of [
    [undefined, false],
    ['1', false],
    ['yes', true],
  ] as const) {
    test(`SESSION_INSPECTOR_PRODUCTION=${consent}: ${isShown ? 'the panel' : 'the app goes on alone, and one line says so'}`, async ({
      request,
    }) => {
      const { env } = process
      const { lines, giveBack } = noteErrors()
      process.env = { ...env, NODE_ENV: 'production' }
      if (consent) process.env['SESSION_INSPECTOR_PRODUCTION'] = consent
      const { url, close } = await listenWith().finally(() => {
        giveBack()
        process.env = env
      })
      expect(await (await request.get(url)).text()).toBe('the app itself: /')
      const panel = await (await request.get(`${url}__lab/inspector/?lang=ja`)).text()
      if (isShown) expect(panel).toContain('id="inspector-panel"')
      else expect(panel).toBe('the app itself: /__lab/inspector/')
      close()
      expect(lines).toHaveLength(isShown ? 0 : 1)
      if (!isShown) expect(lines[0]).toContain('SESSION_INSPECTOR_PRODUCTION=yes')
    })
  }
})
