import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import session from 'express-session'
import { createRecorder } from '../lab/inspector/recorder.ts'
import { openLab } from '../lab/lab.ts'
import { listen } from '../lab/listen.ts'
import { root } from '../lab/places.ts'
import { expect, type InlineApp, secret, test } from './fixtures.ts'

/** Its sessions outlast every test, however slow the machine. */
const lasting: InlineApp = {
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
}

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

test('the same demo sends the same bytes with and without the inspector', async () => {
  const runs: string[][] = []
  for (const recorder of [createRecorder(), undefined]) {
    const folder = await mkdtemp(join(tmpdir(), 'lab-'))
    const lab = await openLab({
      slug: 'counter',
      secret: [secret],
      storeUrl: 'memory:',
      folder,
      hasLabPages: true,
      ...(recorder && { recorder }),
    })
    const [site] = lab.sites
    if (!site) throw new Error('no app')
    const listening = await listen(site.handler, 0, ['127.0.0.1'])
    if (!listening) throw new Error('no port')
    const seen: string[] = []
    let cookie: string | undefined
    for (const path of ['/', '/tap', '/tap', '/', '/style.css', '/nowhere', '/destroy', '/']) {
      const answer = await bytes(listening.port, path, cookie)
      cookie = answer.cookie ?? cookie
      seen.push(answer.text)
    }
    runs.push(seen)
    await listening.close()
    await lab.close()
    await rm(folder, { recursive: true })
  }
  const [watched, alone] = runs
  expect(watched).toEqual(alone)
  expect(watched?.[1]).toContain('Set-Cookie')
})

test.describe('around your own app', () => {
  test('the three lines of the example show its session', async ({ request }) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'examples/inspect-your-own-app.ts'], {
      cwd: root,
      env: { ...process.env, PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    try {
      let printed = ''
      let complained = ''
      child.stderr.on('data', (chunk) => {
        complained += chunk
      })
      await new Promise<void>((resolve, reject) => {
        child.on('exit', () => reject(new Error(complained)))
        child.stdout.on('data', (chunk) => {
          printed += chunk
          if (printed.includes('/__lab/inspector/')) resolve()
        })
      })
      const url = printed.split('\n')[0]?.trim() ?? ''
      const [set = ''] = (await request.get(url))
        .headersArray()
        .flatMap(({ name, value }) => (name.toLowerCase() === 'set-cookie' ? [value] : []))
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
      expect(complained).toBe('')
    } finally {
      child.kill()
    }
  })
})
