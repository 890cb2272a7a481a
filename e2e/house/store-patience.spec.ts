import { readFileSync } from 'node:fs'
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import { MessageChannel } from 'node:worker_threads'
import express from 'express'
import session, { type SessionData } from 'express-session'
import { createLooks, createRecorder, type Handler, openPanel, type Peek } from '#inspector'
import { listen } from '../../lab/http/listen.ts'
import { asOneRequest } from '../../stores/budget.ts'
import { guard } from '../../stores/guard.ts'
import { type Demo, expect, test } from '../support/fixtures.ts'

/*
 * How long a store may take: 2 s for a request, beside what the same takes on this machine, busy as it is, when the
 * store answers.
 */

const row = { cookie: { originalMaxAge: null } } as unknown as SessionData
const never = () => {}

/** A MemoryStore with these methods in the place of its own, and the names of those that were called. */
function storeWith(methods: Partial<session.Store>) {
  const called: string[] = []
  const store = new session.MemoryStore()
  for (const method of ['get', 'set', 'destroy', 'touch'] as const) {
    const work = (methods[method] ?? store[method].bind(store)) as (...args: unknown[]) => void
    Object.assign(store, {
      [method](...args: unknown[]) {
        called.push(method)
        work(...args)
      },
    })
  }
  return { store, called }
}

/** How late timers of this process ring until it is asked: what a busy machine adds to every wait. */
function lateness() {
  const step = 50 // ms
  let due = performance.now() + step
  let late = 0
  const timer = setInterval(() => {
    late += Math.max(performance.now() - due, 0)
    due = performance.now() + step
  }, step)
  return () => {
    clearInterval(timer)
    return late
  }
}

/** What a call ends with, error or nothing, and after how many ms. */
function timed(call: (callback: (error?: unknown) => void) => void) {
  const begun = performance.now()
  return new Promise<{ error: unknown; ms: number }>((resolve) =>
    call((error) => resolve({ error, ms: performance.now() - begun })),
  )
}

const failure = { status: 503, message: expect.stringContaining('no answer within 200 ms') }

test('after a call that was not answered, the other calls of the request fail at once, untried', async () => {
  const { store, called } = storeWith({ destroy: never })
  const guarded = guard(store, 'test', 200)
  await new Promise<void>((resolve) =>
    asOneRequest(async () => {
      expect(await timed((callback) => guarded.set('a', row, callback))).toMatchObject({ error: null })
      const first = await timed((callback) => guarded.destroy('a', callback))
      expect(first).toMatchObject({ error: failure })
      expect(first.ms).toBeGreaterThan(150)
      const begun = performance.now()
      for (const call of [
        (callback: () => void) => guarded.set('b', row, callback),
        (callback: () => void) => guarded.touch?.('b', row, callback),
        (callback: () => void) => guarded.get('a', callback),
      ]) {
        expect(await timed(call)).toMatchObject({ error: failure })
      }
      expect(performance.now() - begun).toBeLessThan(150) // one limit alone would be more
      resolve()
    }),
  )
  expect(called).toEqual(['set', 'destroy'])
  // the next request begins anew
  expect(await timed((callback) => guarded.set('c', row, callback))).toMatchObject({ error: null })
})

test('what the calls of a request take adds up; calls side by side take their time together', async () => {
  const slowly = (_sid: string, callback?: (error?: unknown) => void) =>
    void setTimeout(() => callback?.(), 300)
  const guarded = guard(storeWith({ destroy: slowly }).store, 'test', 400)
  const destroy = () => timed((callback) => guarded.destroy('a', callback))
  await new Promise<void>((resolve) =>
    asOneRequest(async () => {
      for (const { error } of await Promise.all([destroy(), destroy(), destroy()])) expect(error).toBeNull()
      expect(await destroy()).toMatchObject({ error: expect.objectContaining({ status: 503 }) })
      resolve()
    }),
  )
  // outside of a request each call has a limit of its own
  for (const call of [1, 2]) expect((await destroy()).error, `call ${call}`).toBeNull()
})

test("a store that answers out of another request's context spends nothing of that one's time", async () => {
  let waiting: (() => void)[] = []
  const { store } = storeWith({
    destroy: (sid, callback) => void (sid !== 'lost' && waiting.push(() => callback?.())),
  })
  const guarded = guard(store, 'test', 200)
  // the first request opens the connection, so to speak: all answers come out of its context, whose time has run out
  let answering: NodeJS.Timeout | undefined
  const first = new Promise((resolve) =>
    asOneRequest(() => {
      answering = setInterval(() => {
        for (const answer of waiting) answer()
        waiting = []
      }, 5)
      guarded.destroy('lost', resolve)
    }),
  )
  expect(await first).toMatchObject(failure)
  const second = new Promise((resolve) =>
    asOneRequest(() => guarded.destroy('a', () => guarded.set('a', row, resolve))),
  )
  expect(await second).toBeNull()
  clearInterval(answering)
})

test('a process that was busy itself does not take that for a store that did not answer', async () => {
  const { port1: asked, port2: answering } = new MessageChannel()
  asked.unref()
  const { store } = storeWith({
    get(_sid, callback) {
      asked.once('message', () => callback(null, null)) // over the system, and there at once
      answering.postMessage('found')
    },
  })
  const guarded = guard(store, 'test', 20)
  await turn() // what is due by the clock comes next, and the answers of the system after it
  const answer = timed((callback) => guarded.get('a', callback))
  const begun = performance.now()
  while (performance.now() - begun < 40);
  expect(await answer).toMatchObject({ error: null })
  asked.close()
})

/** The store behind everything that the lab puts in front of it. */
const backend = ({ lab }: Demo): session.Store => Object.getPrototypeOf(lab.sites[0]?.store.store)

const logIn = async (url: string) => {
  const begun = performance.now()
  const body = new URLSearchParams({ user: 'taro' })
  const answer = await fetch(new URL('/login', url), { method: 'POST', body, redirect: 'manual' })
  return { status: answer.status, text: await answer.text(), ms: performance.now() - begun }
}
const many = (url: string) => Promise.all(Array.from({ length: 30 }, () => logIn(url)))
const longest = (answers: readonly { ms: number }[]) => Math.max(...answers.map(({ ms }) => ms))
const refused = { status: 503, text: expect.stringContaining('セッションストアが応答しない') }

test.describe('login', () => {
  test.use({ app: 'login' })

  test('a store that stops answering in the middle of a request: 503 within 2 s', async ({ demo }) => {
    const usual = await logIn(demo.url)
    Object.assign(backend(demo), { destroy: never, set: never })
    const answer = await logIn(demo.url)
    expect(answer).toMatchObject(refused)
    expect(answer.ms - usual.ms).toBeLessThan(2_000)
  })

  for (const storeUrl of ['redis:', 'postgres:'] as const) {
    test.describe(storeUrl, () => {
      test.use({ storeUrl })

      test('a server frozen in the middle of 30 logins: 30 times 503 within 2 s, the lab page too', async ({
        demo,
        server,
      }) => {
        await many(demo.url)
        const usual = { login: longest(await many(demo.url)), page: (await labPage(demo.url)).ms }
        const pids = await processesOf(server?.url ?? '')
        const store = backend(demo)
        const destroy = store.destroy.bind(store)
        const waiting: (() => void)[] = []
        store.destroy = (sid, callback) => {
          waiting.push(() => destroy(sid, callback))
          if (waiting.length < 30) return
          for (const pid of pids) process.kill(pid, 'SIGSTOP')
          for (const go of waiting) go()
        }
        try {
          const late = lateness()
          const answers = await many(demo.url)
          for (const answer of answers) expect(answer).toMatchObject(refused)
          expect(longest(answers) - usual.login - late()).toBeLessThan(2_000)
          const lateForPage = lateness()
          const page = await labPage(demo.url)
          expect(page.status).toBe(200)
          expect(page.ms - usual.page - lateForPage()).toBeLessThan(1_500)
        } finally {
          for (const pid of pids) process.kill(pid, 'SIGCONT')
          store.destroy = destroy
        }
        await expect(async () => expect((await logIn(demo.url)).status).toBe(302)).toPass({ timeout: 20_000 })
      })
    })
  }
})

/** The system's numbers of all processes of a server. */
async function processesOf(url: string): Promise<number[]> {
  if (url.startsWith('redis:')) {
    const { createClient } = await import('redis')
    const client = await createClient({ url }).connect()
    const pid = /process_id:(\d+)/.exec(await client.info('server'))?.[1]
    client.destroy()
    return [Number(pid)]
  }
  const { Client } = await import('pg')
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(
    "SELECT pg_backend_pid() AS own, current_setting('data_directory') AS folder",
  )
  const main = Number(readFileSync(`${rows[0].folder}/postmaster.pid`, 'utf8').split('\n')[0])
  const others = await client.query('SELECT pid FROM pg_stat_activity WHERE pid <> $1', [rows[0].own])
  await client.end()
  return [main, ...others.rows.map(({ pid }) => Number(pid))]
}

async function labPage(url: string) {
  const begun = performance.now()
  const answer = await fetch(new URL('/__lab/?lang=en', url))
  return { status: answer.status, text: await answer.text(), ms: performance.now() - begun }
}

test.describe('looks from the side', () => {
  const slowRow = { data: '{"cookie":{"expires":null}}', expires: null }

  test('each has its limit; what has not answered is not known, and is not asked again before it has', async () => {
    const look = createLooks(50)
    let [asked, answer] = [0, never as (row: typeof slowRow) => void]
    const silent = () => {
      asked++
      return new Promise<typeof slowRow>((resolve) => {
        answer = resolve
      })
    }
    const begun = performance.now()
    const several = Array.from({ length: 20 }, () => look('a', 1, silent))
    several.push(look('b', 1, () => Promise.reject(new Error('away'))))
    expect(await Promise.all(several)).toEqual(Array(21).fill(null))
    expect(performance.now() - begun).toBeLessThan(500)
    expect(await look('a', 2, silent)).toBeNull()
    expect(asked).toBe(1)
    answer(slowRow)
    await pause(0)
    const next = look('a', 3, silent)
    answer(slowRow)
    expect(await next).toEqual({ row: slowRow, at: 3 })
    expect(asked).toBe(2)
  })

  test('a row that cannot be seen is not known, and the page is there within 2 s; one that is slow is waited for', async () => {
    const recorder = createRecorder()
    const store = new session.MemoryStore()
    const app = express()
    app.use(
      session({ secret: 'x', store: recorder.watchStore(store), resave: false, saveUninitialized: true }),
    )
    app.get('/', (_req, res) => void res.send('served'))
    const asked: string[] = []
    const isSilent = true
    const peek: Peek = async (sid) => {
      asked.push(sid)
      if (isSilent && asked.length > 1) await new Promise(never)
      await pause(300)
      return slowRow
    }
    const panel = openPanel({ recorder, peeks: { app: peek } })
    const watched = recorder.watch(app as unknown as Handler)
    const pages = express().use('/__lab/inspector', panel.pages('app'))
    const listening = await listen(
      (req, res) => (req.url?.startsWith('/__lab') ? pages(req, res) : watched(req, res)),
      0,
    )
    const url = `http://localhost:${listening?.port}/`
    for (let visit = 0; visit < 8; visit++) await (await fetch(url)).text()
    const show = async () => {
      const begun = performance.now()
      const answer = await fetch(`${url}__lab/inspector/panel?lang=en`)
      return { text: await answer.text(), ms: performance.now() - begun }
    }
    const polls = await Promise.all([show(), show(), show()])
    for (const { text, ms } of polls) {
      expect(ms).toBeLessThan(2_000)
      expect(text.match(/not known/g)?.length).toBeGreaterThanOrEqual(6)
    }
    expect(asked).toHaveLength(8)
    expect(new Set(asked).size).toBe(8)
    await listening?.close()
  })
})
