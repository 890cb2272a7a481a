import { connect } from 'node:net'
import { expect } from 'playwright/test'
import { register, test } from '../support/attached.ts'
import type { Running } from '../support/own-process.ts'

/** An app that does with its responses whatever Node lets an app do. */
const app = `
const app = express()
const { createGzip } = zlib
let rows = {}
const left = {}
const note = (req, res) => {
  const seen = left[req.url] = []
  rows = req.sessionStore.sessions
  for (const event of ['aborted', 'end', 'error', 'close']) req.on(event, (error) => seen.push('req ' + event + (error ? ' ' + error.code : '')))
  res.once('close', () => setTimeout(() => seen.push('over'), 40))
  for (const event of ['finish', 'error', 'close']) res.on(event, (error) => seen.push('res ' + event + (error ? ' ' + error.code : '')))
}
app.get('/left', (req, res) => res.send([left, Object.values(rows).map((row) => JSON.parse(row).n)]))
app.get('/static', (req, res) => res.send('before the session'))
app.use(session({ secret: 'shh', resave: false, saveUninitialized: true, genid: () => 'the-sid', cookie: { maxAge: 60_000 } }))
app.get('/', (req, res) => { req.session.n = (req.session.n ?? 0) + 1; res.send('n=' + req.session.n) })
app.get('/json', (req, res) => res.json({ a: [1, 'あ'] }))
app.get('/empty', (req, res) => res.status(204).end())
app.get('/redirect', (req, res) => res.redirect('/'))
app.get('/etag', (req, res) => { res.set('ETag', '"fixed"'); res.send('tagged') })
app.get('/array', (req, res) => { res.writeHead(200, ['X-One', '1', 'X-Two', '2', 'Content-Length', '2']); res.end('ok') })
app.get('/head-object', (req, res) => { res.writeHead(201, 'Made', { 'X-Made': 'yes' }); res.end('made') })
app.get('/stream', (req, res) => { res.write('one '); setTimeout(() => { res.write('two '); res.end('three') }, 20) })
app.get('/gzip', (req, res) => { res.set('Content-Encoding', 'gzip'); const gzip = createGzip(); gzip.pipe(res); gzip.end('x'.repeat(5000)) })
app.get('/sse', (req, res) => { res.writeHead(200, { 'Content-Type': 'text/event-stream' }); res.write('data: 1\\n\\n'); setTimeout(() => res.end('data: 2\\n\\n'), 20) })
app.get('/trailers', (req, res) => { res.writeHead(200, { Trailer: 'X-Sum' }); res.write('body'); res.addTrailers({ 'X-Sum': '4' }); res.end() })
app.get('/early', (req, res) => { res.writeEarlyHints({ link: '</style.css>; rel=preload' }); res.send('late') })
app.get('/flush', (req, res) => { res.flushHeaders(); setTimeout(() => res.end('flushed'), 10) })
app.get('/throws', () => { throw new Error('from the handler') })
app.get('/destroyed', (req, res) => { res.write('half'); setTimeout(() => res.destroy(), 20) })
app.get('/own', (req, res) => res.send([Object.keys(req.session), 'sessionStore' in req, req.sessionStore.constructor.name, typeof res.writeHead, res.writeHead.length].join()))
app.post('/echo', (req, res) => { let text = ''; req.setEncoding('utf8').on('data', (c) => { text += c }).on('end', () => res.send(text)) })
app.post('/cut-body', (req, res) => { note(req, res); req.session.n = 1; req.resume() })
app.get('/cut-response', (req, res) => { note(req, res); req.session.n = 2; res.write('half'); res.once('close', () => setTimeout(() => res.end('rest'), 10)) })
app.use((error, req, res, next) => { res.status(500).send('error: ' + error.message) })
const server = createServer(app)
server.on('upgrade', (req, socket) => socket.end('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: x\\r\\nConnection: Upgrade\\r\\n\\nhello'))
server.listen(0, () => console.log(name + ' listening on ' + server.address().port))
`
const commonJs = (name: string) => `{
const express = require('${name}'), session = require('express-session'), zlib = require('node:zlib')
const { createServer } = require('node:http')
const name = '${name}'
${app}
}`
const esModule = (name: string) =>
  `import express from '${name}'\nimport session from 'express-session'\nimport zlib from 'node:zlib'
import { createServer } from 'node:http'\nconst name = '${name}'\n${app}`

const get = (path: string, ...headers: string[]) =>
  [`GET ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n')
const paths = [
  '/static',
  '/',
  '/json',
  '/empty',
  '/redirect',
  '/etag',
  '/array',
  '/head-object',
  '/stream',
  '/gzip',
]
const others = ['/sse', '/trailers', '/early', '/flush', '/throws', '/destroyed', '/own', '/nowhere']
const requests: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...paths, ...others].map((path) => [path, get(path)])),
  'HEAD /': get('/').replace('GET', 'HEAD'),
  304: get('/etag', 'If-None-Match: "fixed"'),
  'a cookie that is no session': get('/', 'Cookie: connect.sid=s%3Aforged.signature'),
  'HTTP/1.0': get('/').replace('HTTP/1.1', 'HTTP/1.0'),
  'two on one connection': `GET /json HTTP/1.1\r\nHost: localhost\r\n\r\n${get('/stream')}`,
  '100-continue': `${get('/echo', 'Content-Length: 4', 'Expect: 100-continue').replace('GET', 'POST')}body`,
  chunked: `${get('/echo', 'Transfer-Encoding: chunked').replace('GET', 'POST')}4\r\nbody\r\n0\r\n\r\n`,
  upgrade: get('/', 'Upgrade: x').replace('Connection: close', 'Connection: Upgrade'),
  'no HTTP at all': 'nonsense\r\n\r\n',
}

/** The visitor leaves in the middle of what they send, or of what they get. */
const cutShort: Readonly<Record<string, string>> = {
  '/cut-body': get('/cut-body', 'Content-Length: 100', 'Expect: 100-continue')
    .replace('GET', 'POST')
    .concat('half'),
  '/cut-response': get('/cut-response'),
}

/**
 * All that comes back for what is sent, to the last byte; only the moment differs by nature. `leaves`: who sent it goes
 * when something comes, so that the app has it by then.
 */
const answerTo = (port: number, text: string, leaves = false) =>
  new Promise<string>((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect(port, 'localhost', () => socket.write(text))
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      if (leaves) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      const bytes = Buffer.concat(chunks).toString('latin1')
      resolve(
        bytes
          .replace(/\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT/g, '(moment)')
          .replace(/&nbsp; &nbsp;at [^\n]*/g, ''),
      )
    })
  })

const expresses = ['express', 'express4'] as const
const written: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CommonJS: { 'app.js': expresses.map(commonJs).join('\n') },
  'an ES module': {
    ...Object.fromEntries(expresses.map((name) => [`${name}.mjs`, esModule(name)])),
    'app.mjs': expresses.map((name) => `import './${name}.mjs'`).join('\n'),
  },
}
/** The same app with the inspector around it in its code. */
const around = expresses.map((name) =>
  commonJs(name)
    .replace('{', `{\nconst { createInspector } = require('express-session-inspector')`)
    .replace('createServer(app)', 'createServer(createInspector().around(app))'),
)

/** All that comes back, and what the app saw of those who left. */
async function answersOf(running: Running, name: string): Promise<Readonly<Record<string, string>>> {
  await expect.poll(running.output).toContain(`${name} listening on `)
  const port = Number(new RegExp(`${name} listening on (\\d+)`).exec(running.output())?.[1])
  const entries: [string, string][] = []
  for (const [what, request] of Object.entries(requests)) entries.push([what, await answerTo(port, request)])
  for (const [what, request] of Object.entries(cutShort)) {
    const begun = await answerTo(port, request, true)
    const left = () => answerTo(port, get('/left'))
    await expect.poll(left).toMatch(new RegExp(`${what}":\\[[^\\]]*"over"`))
    entries.push([what, `${begun}\n${await left()}`])
  }
  return Object.fromEntries(entries)
}

for (const [how, files] of Object.entries(written)) {
  test(`${how}, Express 5 and 4: each response is the same to the last byte, with and without the inspector, and so is what the app sees of visitors who leave`, async ({
    own,
  }) => {
    const [file = ''] = Object.entries(files)
      .map(([name, text]) => own.write(name, text))
      .slice(-1)
    const start = (...args: string[]) => own.node(args, {}, 'express4 listening on ')
    const [plain, ...watched] = await Promise.all([
      start(file),
      start('--import', register, file),
      ...(how === 'CommonJS' ? [start(own.write('around.js', around.join('\n')))] : []),
    ])
    for (const name of expresses) {
      const without = await answersOf(plain, name)
      for (const running of watched) expect(await answersOf(running, name), name).toEqual(without)
      expect(without['/']).toContain('Set-Cookie: connect.sid=s%3Athe-sid.')
      expect(without['/stream']).toMatch(/^HTTP\/1.1 200[\s\S]*one [\s\S]*three/)
      expect(without['100-continue']).toMatch(/^HTTP\/1.1 100 Continue[\s\S]*body$/)
      expect(without['/cut-body']).toContain('"req aborted"')
      expect(without['/cut-response']).toMatch(/half[\s\S]*"res close"/)
    }
    await expect.poll(() => own.report().length, { timeout: 30_000 }).toBeGreaterThan(40) // they were watched
  })
}
