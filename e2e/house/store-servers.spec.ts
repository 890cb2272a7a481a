import { once } from 'node:events'
import { connect } from 'node:net'
import express, { type Request } from 'express'
import session from 'express-session'
import { compile } from '../../common/compile.mjs'
import { startLab } from '../../lab/lab.ts'
import { openStore } from '../../stores/open.ts'
import { expect, inlineApp, secret, test } from '../support/fixtures.ts'
import { runScript, urlOf } from '../support/own-process.ts'
import { setCookieOf } from '../support/wire.ts'

const name = 'servers.sid'

/** Counts for each visitor; what is counted is saved before the answer leaves. */
const app = inlineApp({
  scenario: 'counter',
  name: 'a count that is saved before the answer',
  createApp({ store, secret }) {
    const app = express()
    app.use(session({ name, secret, store, resave: false, saveUninitialized: false }))
    app.get('/', (req: Request & { session: { count?: number } }, res) => {
      res.send(`count: ${req.session.count ?? 0}`)
    })
    app.get('/tap', (req: Request & { session: { count?: number } }, res, next) => {
      req.session.count = (req.session.count ?? 0) + 1
      req.session.save((error) => (error ? next(error) : res.send(`count: ${req.session.count}`)))
    })
    return app
  },
})

test.use({ app })

/** One visitor without a browser: keeps its cookie, tells what it was answered and how long that took. */
function visitor(url: string) {
  let cookie = ''
  return {
    async get(path: string) {
      const started = performance.now()
      const response = await fetch(new URL(path, url), { headers: { cookie } })
      const text = await response.text()
      const set = setCookieOf(response.headers.getSetCookie(), name)
      if (set) cookie = `${name}=${set.value}`
      return { status: response.status, text, ms: performance.now() - started }
    },
    /** Asks until the store answers again. */
    async untilServed(path: string) {
      let answer = await this.get(path)
      await expect(async () => {
        answer = await this.get(path)
        expect(answer.status).toBe(200)
      }).toPass({ timeout: 20_000 })
      return answer
    },
  }
}

for (const storeUrl of ['redis:', 'postgres:'] as const) {
  test.describe(storeUrl, () => {
    test.use({ storeUrl })

    test('in Chromium the count goes on, and the row lies in the server', async ({ page, demo, sid }) => {
      for (const count of [1, 2, 3]) {
        await page.goto('/tap')
        await expect(page.locator('body')).toHaveText(`count: ${count}`)
      }
      const row = await demo.row((await sid(name)) ?? '')
      expect(JSON.parse(row?.data ?? '{}')).toMatchObject({ count: 3 })
      expect(row?.expires ?? 0).toBeGreaterThan(Date.now())
      expect(await demo.rows()).toHaveLength(1)
      await demo.lab.sites[0]?.store.clear()
      expect(await demo.rows()).toEqual([])
    })

    test('a server that goes away: 503 in words within 2 s; when it is back the sessions are there', async ({
      demo,
      server,
    }) => {
      const visit = visitor(demo.url)
      await visit.get('/tap')
      await server?.stop()
      for (const path of ['/', '/tap', '/']) {
        const answer = await visit.get(path)
        expect(answer).toMatchObject({
          status: 503,
          text: expect.stringContaining('セッションストアが応答しない'),
        })
        expect(answer.ms).toBeLessThan(2_000)
      }
      await server?.start()
      expect((await visit.untilServed('/')).text).toBe('count: 1')
      expect((await visit.get('/tap')).text).toBe('count: 2')
    })

    test('a server that is not there yet: the lab starts, answers 503, and goes on by itself', async ({
      server,
    }) => {
      await server?.stop()
      const lab = await startLab({
        slug: 'counter',
        module: app,
        storeUrl: server?.url ?? '',
        folder: '',
        secret: [secret],
        hasLabPages: false,
      })
      const visit = visitor(lab.sites[0].url)
      const first = await visit.get('/tap')
      expect(first.status).toBe(503)
      expect(first.ms).toBeLessThan(2_000)
      await server?.start()
      expect((await visit.untilServed('/tap')).text).toMatch(/count: \d/)
      await lab.close()
    })

    test('a server that hangs: 503 within 2 s, not never; when it moves again, so does the count', async ({
      demo,
      server,
    }) => {
      const visit = visitor(demo.url)
      await visit.get('/tap')
      const moveAgain = await hang(server?.url ?? '')
      const answer = await visit.get('/')
      await moveAgain()
      expect(answer).toMatchObject({
        status: 503,
        text: expect.stringMatching(/no answer within 1500 ms|Query read timeout/),
      })
      expect(answer.ms).toBeLessThan(3_000) // 1.5 s, and what a busy machine adds
      expect((await visit.untilServed('/')).text).toBe('count: 1')
    })

    test('20 visitors while the server is killed and comes back: no session is lost or mixed up', async ({
      demo,
      server,
    }) => {
      const visits = Array.from({ length: 20 }, () => ({ ...visitor(demo.url), saved: 0, unsure: 0 }))
      for (const visit of visits) visit.saved += (await visit.get('/tap')).status === 200 ? 1 : 0
      let isOver = false
      const tapping = visits.map(async (visit) => {
        while (!isOver) {
          const { status } = await visit.get('/tap')
          if (status === 200) visit.saved++
          else {
            expect(status).toBe(503)
            visit.unsure++ // perhaps written, and only the answer was lost
          }
        }
      })
      await server?.stop()
      await server?.start()
      await visits[0]?.untilServed('/')
      isOver = true
      await Promise.all(tapping)
      for (const visit of visits) {
        const count = Number((await visit.get('/')).text.replace('count: ', ''))
        expect(count).toBeGreaterThanOrEqual(visit.saved)
        expect(count).toBeLessThanOrEqual(visit.saved + visit.unsure)
      }
      expect(await demo.rows()).toHaveLength(20)
    })

    test('20 peeks extend nothing', async ({ demo }) => {
      await visitor(demo.url).get('/tap')
      const [before] = await demo.rows()
      for (let n = 0; n < 20; n++) await demo.row(before?.sid ?? '')
      const [after] = await demo.rows()
      expect(after?.data).toBe(before?.data)
      expect(Math.abs((after?.expires ?? 0) - (before?.expires ?? 0))).toBeLessThan(50)
    })

    test('a row that is no session is a missing session', async ({ demo, server }) => {
      const visit = visitor(demo.url)
      await visit.get('/tap')
      const [row] = await demo.rows()
      await spoil(server?.url ?? '', row?.sid ?? '')
      expect(await visit.get('/')).toMatchObject({ status: 200, text: 'count: 0' })
    })

    test('several processes may begin at once', async ({ server }) => {
      const opened = await Promise.all(
        Array.from({ length: 8 }, () => openStore(server?.url ?? '', '', 'together')),
      )
      const lengths = await Promise.all(
        opened.map(
          ({ store }, n) =>
            new Promise((resolve) =>
              store.set(`s${n}`, { cookie: { originalMaxAge: null }, n } as never, (error) =>
                resolve(error ?? null),
              ),
            ),
        ),
      )
      expect(lengths).toEqual(Array(8).fill(null))
      expect(await opened[0]?.rows(100)).toHaveLength(8)
      for (const { close } of opened) await close()
    })

    test('an address that cannot be used is said in words, without the password', async () => {
      for (const bad of [`${storeUrl}`, `${storeUrl}//`, `${storeUrl}//user:hidden@:x/`]) {
        await expect(openStore(bad, '', 'bad')).rejects.toThrow('SESSION_STORE')
        await expect(openStore(bad, '', 'bad')).rejects.not.toThrow('hidden')
      }
    })
  })
}

test.describe('a server of its own', () => {
  test.use({ storeUrl: 'redis:' })

  test('SESSION_STORE=redis: starts it, and the sessions lie there', async ({ server, startDemo }) => {
    expect(server?.isRunning()).toBe(true) // it is installed
    const started = await startDemo({ SESSION_STORE: 'redis:' })
    const tapped = await fetch(`${urlOf(started)}tap`, { redirect: 'manual' })
    expect(tapped.status).toBe(302)
    expect(tapped.headers.getSetCookie()).toHaveLength(1)
    await started.kill()
    expect(started.stderr()).toBe('')
  })

  test('it asks for a password, as the PostgreSQL does', async ({ server }) => {
    const { password, port } = new URL(server?.url ?? '')
    const answer = async (command: string) => {
      const line = connect(Number(port), '127.0.0.1')
      line.write(`${command}\r\n`)
      const [data] = await once(line, 'data')
      line.destroy()
      return String(data)
    }
    expect(await answer('KEYS *')).toMatch(/^-NOAUTH/)
    expect(await answer(`AUTH ${password}`)).toBe('+OK\r\n')
  })

  test('it ends with the process that started it, by kill -9 too', async ({ server }, testInfo) => {
    expect(server?.isRunning()).toBe(true)
    const folder = JSON.stringify(testInfo.outputPath('redis'))
    const script = `
      import { startRedis } from '${await compile('stores/servers/redis.ts')}'
      console.log((await startRedis(${folder})).url)
    `
    const started = await runScript(script, { until: '\n' })
    const url = new URL(started.stdout().trim())
    const canConnect = () =>
      new Promise<boolean>((resolve) => {
        const socket = connect(Number(url.port), url.hostname, () => resolve(true))
        socket.once('error', () => resolve(false)).once('connect', () => socket.destroy())
      })
    expect(await canConnect()).toBe(true)
    await started.kill()
    await expect.poll(canConnect).toBe(false)
  })
})

test.describe('a password that is wrong', () => {
  test.use({ storeUrl: 'postgres:' })
  test('is a 503 that says so', async ({ server }) => {
    const url = new URL(server?.url ?? '')
    url.password = 'wrong'
    const opened = await openStore(url.href, '', 'wrong')
    const error = await new Promise<Error>((resolve) => opened.store.get('a', resolve))
    expect(error).toMatchObject({
      status: 503,
      message: expect.stringContaining('password authentication failed'),
    })
    await opened.close()
  })
})

/** Leaves every command on the sessions unanswered; gives what ends that. */
async function hang(url: string): Promise<() => Promise<unknown>> {
  if (url.startsWith('redis:')) {
    const { createClient } = await import('redis')
    const client = await createClient({ url }).connect()
    await client.sendCommand(['CLIENT', 'PAUSE', '2500']) // ms; UNPAUSE would have to wait for its end, too
    return async () => {
      await client.ping()
      client.destroy()
    }
  }
  const { Client } = await import('pg')
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query('BEGIN; LOCK TABLE lab_session_counter')
  return () => client.end()
}

/** Puts a number in place of a row. */
async function spoil(url: string, sid: string) {
  if (url.startsWith('redis:')) {
    const { createClient } = await import('redis')
    const client = await createClient({ url }).connect()
    await client.set(`express-session-lab:counter:${sid}`, '17')
    client.destroy()
  } else {
    const { Client } = await import('pg')
    const client = new Client({ connectionString: url })
    await client.connect()
    await client.query(`UPDATE lab_session_counter SET sess = '17' WHERE sid = $1`, [sid])
    await client.end()
  }
}
