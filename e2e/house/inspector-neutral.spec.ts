import { mkdtemp, rm } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import session from 'express-session'
import { startLab } from '../../lab/lab.ts'
import { createRecorder } from '../../packages/inspector/src/recorder.ts'
import { expect, inlineApp, secret, test } from '../support/fixtures.ts'
import { urlOf } from '../support/own-process.ts'
import { setCookieLines } from '../support/wire.ts'

/** Its sessions outlast every test, however slow the machine. */
const lasting = inlineApp({
  scenario: 'counter',
  name: 'ten minutes',
  createApp({ store, secret }) {
    const app = express()
    app.get('/favicon.ico', (_req, res) => void res.status(204).end())
    const cookie = { maxAge: 600_000 }
    app.use(session({ name: 'lasting.sid', secret, store, resave: false, saveUninitialized: true, cookie }))
    app.get('/', (_req, res) => void res.send('ok'))
    return app
  },
})

for (const storeUrl of ['sqlite:', 'memory:']) {
  test.describe(storeUrl, () => {
    test.use({ storeUrl })

    test.describe('ten minutes', () => {
      test.use({ app: lasting })
      test('twenty looks change no row, no expiry, no cookie and no count', async ({
        page,
        demo,
        cookie,
      }) => {
        await page.goto('/')
        const before = {
          rows: await demo.rows(),
          cookie: await cookie('lasting.sid'),
          wire: demo.wire().length,
        }
        expect(before.rows).toHaveLength(1)
        for (let look = 0; look < 20; look++) {
          const path = look % 2 ? '/__lab/inspector/panel' : '/__lab/inspector/'
          const answer = await page.request.get(path)
          expect([answer.status(), answer.headers()['set-cookie']]).toEqual([200, undefined])
        }
        const after = {
          rows: await demo.rows(),
          cookie: await cookie('lasting.sid'),
          wire: demo.wire().length,
        }
        expect(after).toEqual(before)
      })
    })

    test('a look at an expired row leaves it lying there', { tag: '@waits' }, async ({ page, demo }) => {
      await page.goto('/tap')
      await page.waitForTimeout(10_200)
      const before = await demo.rows()
      for (let look = 0; look < 20; look++) await page.request.get('/__lab/inspector/panel')
      expect(await demo.rows()).toEqual(before)
      expect(before).toHaveLength(1)
    })
  })
}

test('after a tap, the wire shows the redirect that set the cookie, and the page it led to', async ({
  request,
}) => {
  await request.get('/tap')
  const panel = await (await request.get('/__lab/inspector/panel?lang=en')).text()
  const wire = panel.split('id="inspector-wire"')[1]?.split('id="inspector-jar"')[0] ?? ''
  const folds = [...wire.matchAll(/<details class="request"[^>]*>[\s\S]*?<\/details>/g)].map(([fold]) => fold)
  expect(folds).toHaveLength(2)
  expect(folds[0]).toMatch(/ open>[\s\S]*GET \/tap<[\s\S]*302[\s\S]*Expires=/)
  expect(folds[1]).toMatch(/GET \/<[\s\S]*200/)
})

test('a row that no cookie points to shows what is in it, and says so', async ({
  request,
  playwright,
  demo,
}) => {
  const stranger = await playwright.request.newContext({ baseURL: demo.url })
  await stranger.get('/tap')
  await stranger.storageState() // its jar is its own: the next one begins with an empty one
  const again = await playwright.request.newContext({ baseURL: demo.url })
  await again.get('/tap')
  await request.get('/tap')
  const panel = await (await request.get('/__lab/inspector/panel?lang=en')).text()
  const others = panel.split('id="inspector-others"')[1]?.split('</details>')[0] ?? ''
  expect(others).toContain('no cookie points to it')
  expect(others).toContain('&quot;count&quot;: 1')
  for (const context of [stranger, again]) await context.dispose()
})

test('nothing new: a poll that has seen all is answered with 204', async ({ request }) => {
  await request.get('/tap')
  const first = await (await request.get('/__lab/inspector/panel?')).text()
  const version = /data-version="([^"]+)"/.exec(first)?.[1]
  expect((await request.get(`/__lab/inspector/panel?&version=${version}`)).status()).toBe(204)
  await request.get('/tap')
  expect((await request.get(`/__lab/inspector/panel?&version=${version}`)).status()).toBe(200)
})

/** The bytes of a response, with what differs by nature from run to run replaced. */
function bytes(
  port: number,
  path: string,
  cookie?: string,
): Promise<{ text: string; cookie: string | undefined }> {
  return new Promise((resolve, reject) => {
    const headers = cookie === undefined ? {} : { cookie }
    httpRequest({ port, path, headers, agent: false }, (answer) => {
      const head = [String(answer.statusCode), ...answer.rawHeaders].join('\n')
      const set = answer.headers['set-cookie']?.[0]?.split(';')[0]
      let body = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => {
        body += chunk
      })
      answer.on('end', () => {
        const text = `${head}\n\n${body}`
          .replace(/s%3A[^;]+/g, 's%3A(sid)')
          .replace(/\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT/g, '(date)')
        resolve({ text, cookie: set })
      })
    })
      .on('error', reject)
      .end()
  })
}

test('the same demo sends the same bytes with and without the inspector, also where requests pass unrecorded', async () => {
  const runs: string[][] = []
  for (const recorder of [createRecorder(), createRecorder({ admits: () => false }), undefined]) {
    const folder = await mkdtemp(join(tmpdir(), 'lab-'))
    const lab = await startLab({
      slug: 'counter',
      secret: [secret],
      storeUrl: 'memory:',
      folder,
      hasLabPages: true,
      ...(recorder && { recorder }),
    })
    const port = Number(new URL(lab.sites[0].url).port)
    const seen: string[] = []
    let cookie: string | undefined
    for (const path of ['/', '/tap', '/tap', '/', '/style.css', '/nowhere', '/destroy', '/']) {
      const answer = await bytes(port, path, cookie)
      cookie = answer.cookie ?? cookie
      seen.push(answer.text)
    }
    runs.push(seen)
    await lab.close()
    await rm(folder, { recursive: true })
  }
  const [watched, passed, alone] = runs
  expect(watched).toEqual(alone)
  expect(passed).toEqual(alone)
  expect(watched?.[1]).toContain('Set-Cookie')
})

test('around your own app, the three lines of the example show its session', async ({ request, run }) => {
  // as it says of itself; what is compiled loads packages first, and would be too late for their debug lines
  const example = await run(['--import', 'tsx', 'examples/inspect-your-own-app.ts'], {
    env: { PORT: '0' },
    until: '/__lab/inspector/',
  })
  const url = urlOf(example)
  const [set = ''] = setCookieLines(await request.get(url))
  const sid = /s%3A(.{4})/.exec(set)?.[1] ?? '?'
  await request.get(url)
  const panel = await (await request.get(`${url}__lab/inspector/panel?lang=en`)).text()
  expect(panel).toContain(`#1 ${sid}`)
  expect(panel).toContain('until-close × present')
  expect(panel).toContain('session found') // its debug lines are seen
  expect(panel).toContain('signature is right')
  const foreign = await request.get(`${url}__lab/inspector/`, { headers: { Host: 'evil.test' } })
  expect(foreign.status()).toBe(403)
  const forwarded = await request.get(`${url}__lab/inspector/`, {
    headers: { 'X-Forwarded-For': '203.0.113.9' },
  })
  expect(forwarded.status()).toBe(403)
  expect(example.stderr()).toBe('')
})
