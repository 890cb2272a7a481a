import { request as httpRequest } from 'node:http'
import { networkInterfaces } from 'node:os'
import { whyNot } from '../../packages/inspector/src/access.ts'
import { expect, test } from '../support/fixtures.ts'

const app = `
import express from 'express'
import { createInspector } from './packages/inspector/src/index.ts'
const app = express().get(/.*/, (req, res) => { res.send('the app itself: ' + req.path) })
const server = express().use(createInspector().around(app)).listen(0, process.env.HOST ?? 'localhost', () =>
  console.log('listens http://localhost:' + server.address().port + '/'))
`

test.describe('where the panel is not shown, it says why and what to do', () => {
  test('through a proxy, under a foreign name, and for what another page sends', async ({ run, request }) => {
    const own = await run(['--import', 'tsx', '--input-type=module', '-e', app], { until: 'listens' })
    const url = /http:\S+/.exec(own.stdout())?.[0] ?? ''
    const port = new URL(url).port
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
    ]) {
      const [name = '', value = ''] = Object.entries(headers)[0] ?? []
      const text = await ask(headers)
      expect(text).toContain(`プロキシを通って届きました(${name}: ${value})`)
      expect(text).toContain(`http://localhost:${port}/__lab/inspector/`)
      expect(text).toContain(`ssh -L ${port}:localhost:${port}`)
      expect(await ask(headers, 'en')).toContain(`came through a proxy (${name}: ${value})`)
    }
    const foreign = await ask({ Host: 'www.example.com' })
    expect(foreign).toContain('Host: www.example.com')
    expect(foreign).toContain(`http://localhost:${port}/__lab/inspector/`)
    expect(await ask({ Origin: 'http://evil.test' }, 'en', 'POST')).toContain('Origin: http://evil.test')
    expect(await ask({}, 'ja', 'POST')).toContain('別のページ')
    expect(await (await request.get(`${url}other`)).text()).toBe('the app itself: /other')
    expect(own.stderr()).toBe('')
  })

  test("over a port that Docker publishes, or from another computer: by the connection's own addresses", () => {
    const connection = (remoteAddress: string, localAddress = '172.17.0.2') => ({
      method: 'GET',
      headers: { host: 'localhost:3000' },
      socket: { remoteAddress, localAddress, localPort: 3000 },
    })
    expect(whyNot(connection('172.17.0.1'))).toEqual({ reason: 'remote', seen: '172.17.0.1' })
    expect(whyNot(connection('127.0.0.1', '172.17.0.2'))).toMatchObject({ reason: 'remote' })
    expect(whyNot(connection('::ffff:127.0.0.1', '::ffff:127.0.0.1'))).toBeUndefined()
    expect(whyNot(connection('::1', '::1'))).toBeUndefined()
  })

  test('a look from this computer by its own name on the network says so, with Docker and ssh', async ({
    run,
  }) => {
    const [address] = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
    test.skip(!address, 'this machine has no address but its loopback ones')
    const own = await run(['--import', 'tsx', '--input-type=module', '-e', app], {
      until: 'listens',
      env: { HOST: '0.0.0.0' },
    })
    const port = new URL(/http:\S+/.exec(own.stdout())?.[0] ?? '').port
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
  })
})

test.describe('in production', () => {
  for (const [consent, isShown] of [
    [undefined, false],
    ['1', false],
    ['yes', true],
  ] as const) {
    test(`SESSION_INSPECTOR_PRODUCTION=${consent}: ${isShown ? 'the panel' : 'the app goes on alone, and one line says so'}`, async ({
      run,
      request,
    }) => {
      const own = await run(['--import', 'tsx', '--input-type=module', '-e', app], {
        until: 'listens',
        env: { NODE_ENV: 'production', ...(consent && { SESSION_INSPECTOR_PRODUCTION: consent }) },
      })
      const url = /http:\S+/.exec(own.stdout())?.[0] ?? ''
      expect(await (await request.get(url)).text()).toBe('the app itself: /')
      const panel = await (await request.get(`${url}__lab/inspector/?lang=ja`)).text()
      if (isShown) expect(panel).toContain('id="inspector-panel"')
      else expect(panel).toBe('the app itself: /__lab/inspector/')
      const lines = own.stderr().trim().split('\n').filter(Boolean)
      expect(lines).toHaveLength(isShown ? 0 : 1)
      if (!isShown) expect(lines[0]).toContain('SESSION_INSPECTOR_PRODUCTION=yes')
    })
  }
})
