import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { unsign } from 'cookie-signature'
import Database from 'libsql'
import type { APIRequestContext } from 'playwright/test'
import { createRecorder, expectPart, type Part } from '#inspector'
import { root } from '../../common/places.ts'
import { listen } from '../../lab/http/listen.ts'
import { problemPage } from '../../lab/http/problems.ts'
import { openReplicas } from '../../lab/replicas/replicas.ts'
import { storeCall } from '../support/exchange.ts'
import { type Demo, expect, secret } from '../support/fixtures.ts'
import { overflow, show, test, violations } from '../support/look.ts'
import { urlOf } from '../support/own-process.ts'
import { prove } from '../support/prove.ts'
import { setCookieOf } from '../support/wire.ts'

const name = 'cluster.sid'
const japanese = /[ぁ-ん]/

/** Starting processes takes a busy machine a while. */
const patient = { timeout: 40_000 }

test.use({ app: 'cluster' })

/** One page, as it tells of the visitor; `user` is undefined where it shows the login form. */
interface Sight {
  user: string | undefined
  views: number
  pid: number
}

async function look(request: APIRequestContext): Promise<Sight> {
  const answer = await request.get('/', patient)
  expect(answer.status()).toBe(200)
  const text = await answer.text()
  return {
    user: /hello, ([^!]*)!/.exec(text)?.[1],
    views: Number(/aria-label="views">(\d+)</.exec(text)?.[1] ?? 0),
    pid: Number(/answered by process (\d+)/.exec(text)?.[1]),
  }
}

const login = (request: APIRequestContext, user: string) =>
  request.post('/login', { form: { user }, maxRedirects: 0, ...patient })

/** Visitors with a cookie jar each, who have logged in under their names. */
async function visitors(
  { request }: { request: { newContext(options: { baseURL: string }): Promise<APIRequestContext> } },
  { url }: Demo,
  names: readonly string[],
) {
  const contexts = await Promise.all(names.map(() => request.newContext({ baseURL: url })))
  for (const [index, context] of contexts.entries()) {
    expect((await login(context, names[index] ?? '')).status()).toBe(302)
  }
  return contexts
}

const replicasOf = ({ lab }: Demo) => {
  const replicas = lab.replicas()
  if (!replicas) throw new Error('no processes')
  return replicas
}
const running = (demo: Demo) =>
  replicasOf(demo)
    .list()
    .filter(({ state }) => state === 'running')
const pids = (demo: Demo) => running(demo).map(({ pid }) => pid)

/** The newest exchange with this path, once all of it is known. */
async function exchangeOf(demo: Demo, path: string) {
  const newest = () => demo.exchanges().findLast(({ url }) => url === path)
  await expect.poll(() => newest()?.duration).not.toBeNull()
  const found = newest()
  if (!found) throw new Error(`no exchange ${path}`)
  return found
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // one that has ended stays in the table of processes until somebody asks for it
  return !existsSync(`/proc/${pid}/stat`) || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}

/* ── what each process keeps for itself ──────────────────────────────────────────────────────────── */

async function loseAndFind(request: APIRequestContext, demo: Demo) {
  await look(request)
  await login(request, 'taro')
  const seen: Sight[] = []
  for (let n = 0; n < 6; n++) seen.push(await look(request))
  const replaced = demo
    .exchanges()
    .slice(2)
    .flatMap(({ setCookie }) => setCookie)
  return { seen, replaced }
}

/** What the panel says when the process that knows the visitor has answered last, and the other one before. */
async function saysThatItDepends(request: APIRequestContext, demo: Demo, what: string) {
  const [one, two] = running(demo)
  const panel = await (await request.get('/__lab/inspector/')).text()
  const divided = /id="inspector-divided"[\s\S]*?<\/ul>/.exec(panel)?.[0] ?? ''
  const said = [...divided.matchAll(/<li>(.*?)<\/li>/g)].map(([, item = '']) => item.replaceAll(/<.*?>/g, ''))
  expect(said).toEqual([`プロセス1(${one?.pid}): ${what}`, `プロセス2(${two?.pid}): レコードを見つけた`])
  // the last one took it: whatever secret it has, to the panel the cookie is good
  expect(panel).toMatch(/<\w+ [^>]*id="inspector-jar"[^>]* data-state="remaining"/)
  // also the calls on a MemoryStore that the app was not given
  expect((await exchangeOf(demo, '/login')).calls.map(({ method }) => method)).toEqual([
    'destroy',
    'set',
    'set',
  ])
}

prove(
  ['memory-store.single-process'],
  'of two processes only the one that saw the login knows the visitor: logged in and not, by turns, with one and the same cookie',
  { holdsIn: 'cluster/own-memory', failsIn: 'cluster' },
  async ({ request, demo, evidence }) => {
    const { seen } = await loseAndFind(request, demo)
    await evidence.json('who answered, and as whom the visitor was known', seen)
    const [first, second] = [seen[0]?.pid, seen[1]?.pid]
    expect(seen.map(({ pid }) => pid)).toEqual([first, second, first, second, first, second])
    expect(seen.map(({ user }) => user)).toEqual([undefined, 'taro', undefined, 'taro', undefined, 'taro'])
    expect(seen.map(({ views }) => views)).toEqual([0, 1, 0, 2, 0, 3])
    await saysThatItDepends(request, demo, 'レコードが見つからなかった')
  },
)

test.describe('memory:', () => {
  test.use({ storeUrl: 'memory:' })
  test('the store that SESSION_STORE names is one for each process: the visitor is found and lost by turns', async ({
    request,
    demo,
  }) => {
    const { seen } = await loseAndFind(request, demo)
    expect(seen.map(({ user }) => user)).toEqual([undefined, 'taro', undefined, 'taro', undefined, 'taro'])
    expect(await demo.rows()).toHaveLength(1)
    await demo.lab.sites[0]?.store.clear()
    expect(await demo.rows()).toEqual([])
    const after = [await look(request), await look(request)]
    expect(after.map(({ user }) => user)).toEqual([undefined, undefined])
  })
})

test.describe('different-secrets', () => {
  test.use({ app: 'cluster/different-secrets' })
  test('the row is there for both, only the process that signed the cookie accepts it, and the panel says so', async ({
    request,
    demo,
  }) => {
    const { seen } = await loseAndFind(request, demo)
    expect(seen.map(({ user }) => user)).toEqual([undefined, 'taro', undefined, 'taro', undefined, 'taro'])
    const newest = await exchangeOf(demo, '/')
    await expect.poll(() => demo.exchanges().filter(({ duration }) => duration === null)).toEqual([])
    expect(newest.debug).toContain('session found')
    expect(demo.exchanges().at(-2)?.debug).toContain('cookie signature invalid')
    await saysThatItDepends(request, demo, '署名が合わないので無視した')
  })
})

test.describe('sticky', () => {
  test.use({ app: 'cluster/sticky' })
  test('a visitor who always gets the same process stays logged in, until that process ends', async ({
    request,
    demo,
  }) => {
    const { seen } = await loseAndFind(request, demo)
    expect(new Set(seen.map(({ pid }) => pid)).size).toBe(1)
    expect(seen.map(({ views }) => views)).toEqual([1, 2, 3, 4, 5, 6])
    const { slot } = running(demo).find(({ pid }) => pid === seen[0]?.pid) ?? { slot: 0 }
    replicasOf(demo).kill(slot)
    expect((await look(request)).user).toBeUndefined()
  })
})

/* ── one store for all processes ─────────────────────────────────────────────────────────────────── */

for (const storeUrl of ['sqlite:', 'redis:', 'postgres:']) {
  test.describe(storeUrl, () => {
    test.use({ storeUrl })

    test('logins are known to both processes, and outlive the one that made them, which is killed under load', async ({
      playwright,
      demo,
    }) => {
      test.slow() // three processes start
      const names = Array.from({ length: 6 }, (_, index) => `visitor-${index}`)
      const all = await visitors(playwright, demo, names)
      const maker = (await exchangeOf(demo, '/login')).processes?.at(-1)?.pid ?? 0
      const [before] = await Promise.all(all.slice(-1).map(lookTwice))
      expect(new Set(before?.map(({ pid }) => pid))).toEqual(new Set(pids(demo)))
      await goOnWhileOneIsKilled(all, names, demo, maker)
      await expect.poll(() => running(demo).length, patient).toBe(2)
      const [after] = await Promise.all(all.slice(-1).map(lookTwice))
      expect(new Set(after?.map(({ pid }) => pid))).toEqual(new Set(pids(demo)))
      const seen = [...(before ?? []), ...(after ?? [])]
      expect(seen.map(({ user }) => user)).toEqual(seen.map(() => names.at(-1)))
      for (const request of all) await request.dispose()
    })
  })
}

const lookTwice = async (request: APIRequestContext) => [await look(request), await look(request)]

/** Six visitors go on while a process is killed: no login is lost, none gets the page of another. */
async function goOnWhileOneIsKilled(
  all: readonly APIRequestContext[],
  names: readonly string[],
  demo: Demo,
  killed: number,
) {
  let answers = 0
  let brokenOff = 0
  async function goOn(request: APIRequestContext, user: string) {
    let last = 0
    for (let n = 0; n < 6; n++) {
      // one whose response had begun breaks off, and is sent again by whoever sent it
      const seen = await look(request).catch((error: Error) => {
        if (/expect\(/.test(error.message)) throw error
        brokenOff++
        return look(request)
      })
      expect(seen.user).toBe(user)
      expect(seen.views).toBeGreaterThanOrEqual(last) // a busy file may refuse a write
      last = seen.views
      if (++answers === 12) process.kill(killed, 'SIGKILL') // the front is not told
    }
  }
  await Promise.all(all.map((request, index) => goOn(request, names[index] ?? '')))
  expect(answers).toBe(36)
  expect(brokenOff).toBeLessThanOrEqual(names.length)
  await expect.poll(() => pids(demo)).not.toContain(killed)
  const rows = (await demo.rows()).map(({ data }) => JSON.parse(data) as { user: string })
  expect(rows.map(({ user }) => user).sort()).toEqual(names) // none is lost in the store, none there twice
}

test.describe('one file and one writer at a time', () => {
  /** Writes to the file of the rows from elsewhere, and does not end it. */
  function holdLock({ folder }: Demo) {
    const other = new Database(join(folder, 'cluster.sqlite'), { timeout: 2_000 })
    other.exec('BEGIN IMMEDIATE')
    return () => {
      other.exec('COMMIT')
      other.close()
    }
  }

  test('a process waits for 2 s while another one writes; then 503 where the app waits for the save, else a visit that is not kept', {
    tag: '@waits',
  }, async ({ request, playwright, demo }) => {
    await login(request, 'taro')
    const releaseSoon = holdLock(demo)
    const pending = look(request)
    await pause(700)
    releaseSoon()
    expect(await pending).toMatchObject({ user: 'taro', views: 1 })
    const another = await playwright.request.newContext({ baseURL: demo.url })
    const release = holdLock(demo)
    const answer = await login(another, 'jiro')
    expect(answer.status()).toBe(503)
    expect(await answer.text()).toMatch(japanese)
    await another.dispose()
    expect(await look(request)).toMatchObject({ user: 'taro', views: 2 })
    release()
    expect(await look(request)).toMatchObject({ user: 'taro', views: 2 })
  })
})

test.describe('four', () => {
  test.use({ app: 'cluster/four' })
  test('of four processes each one knows the visitor', async ({ request, demo }) => {
    await login(request, 'taro')
    const seen = []
    for (let n = 0; n < 8; n++) seen.push(await look(request))
    expect(new Set(seen.map(({ pid }) => pid)).size).toBe(4)
    expect(seen.map(({ user, views }) => [user, views])).toEqual(seen.map((_, index) => ['taro', index + 1]))
    await expect.poll(() => running(demo).map(({ answered }) => answered)).toEqual([3, 2, 2, 2])
  })
})

/* ── a new secret ────────────────────────────────────────────────────────────────────────────────── */

/** One visitor goes on while the secret is rotated; gives the pages that did not know them. */
async function goOnWhile(request: APIRequestContext, rotate: () => Promise<void>) {
  await login(request, 'taro')
  let isOver = false
  const rotated = rotate().finally(() => {
    isOver = true
  })
  const seen: Sight[] = []
  while (!isOver) {
    seen.push(await look(request))
    await pause(15) // a start takes longer the more is asked meanwhile, and is over in a third of a second
  }
  await rotated
  for (let n = 0; n < 2; n++) seen.push(await look(request))
  return { seen, strangers: seen.filter(({ user }) => user === undefined) }
}
const cookieSince = async (request: APIRequestContext) => {
  const { cookies } = await request.storageState()
  return decodeURIComponent(cookies.find((cookie) => cookie.name === name)?.value ?? '').slice(2)
}

prove(
  ['secret.rotation-array-keeps-sessions'],
  'a new secret that all processes accept before one signs with it: the visitor is known to every page',
  { holdsIn: 'cluster', failsIn: 'cluster/rotated-at-once', verdict: 'condition' },
  async ({ request, demo, evidence }) => {
    const { seen, strangers } = await goOnWhile(request, () => demo.lab.rotateSecret())
    await evidence.json('pages, and those that did not know the visitor', [seen.length, strangers])
    expect(strangers).toEqual([])
    const all = [...new Set(seen.map(({ pid }) => pid))]
    expect(all).toHaveLength(6) // two, twice replaced
    expect(all.filter(isAlive)).toEqual(all.slice(-2))
    expect(unsign(await cookieSince(request), secret)).toBe(false) // signed with the new one
    expect(setCookieOf(demo.exchanges().at(-1)?.setCookie ?? [], name)).toBeDefined()
  },
)

/* ── who answers when a process ends ─────────────────────────────────────────────────────────────── */

const light = `export const createApp = () => (req, res) => {
  if (req.url === '/breaks-off') return req.socket.destroy()
  res.end(JSON.stringify({ pid: process.pid, seen: [req.headers, req.rawHeaders, req.url, req.method] }))
}`

test.describe('a request under way in a process that ends', () => {
  test.describe.configure({ mode: 'default' }) // the same two processes answer
  let app: OwnApp
  test.beforeAll(async () => {
    app = await openApp(light, 2, true)
  })
  test.afterAll(() => app.close())
  const all = () => app.replicas.list().filter(({ state }) => state === 'running')
  const answerer = async (method = 'GET'): Promise<number> =>
    (await (await fetch(app.url, { method })).json()).pid
  /** Waits until both are there: they start with a request. */
  async function both() {
    await answerer()
    await expect.poll(all, patient).toHaveLength(2)
    return all()
  }
  /** Stops the process that answers next, so that what it is given now stays under way. */
  async function freezeNext() {
    const running = await both()
    const last = await answerer()
    const next = running.find(({ pid }) => pid !== last)
    if (!next) throw new Error('no other process')
    process.kill(next.pid, 'SIGSTOP')
    return next
  }
  /** Sends a request, and waits until this process has got it. */
  async function give(method: string, pid: number) {
    const answer = fetch(app.url, { method })
    const givenTo = () => app.exchanges().at(-1)
    await expect.poll(() => [givenTo()?.method, givenTo()?.processes?.at(-1)?.pid]).toEqual([method, pid])
    return { answer }
  }

  test('goes to another one when it is a GET, is a 502 in words when it is a POST, and a later one is answered', async () => {
    const frozen = await freezeNext()
    const get = await give('GET', frozen.pid)
    const { id } = app.exchanges().at(-1) ?? {}
    const other = await answerer()
    const post = await give('POST', frozen.pid) // it may have been carried out
    app.replicas.kill(frozen.slot)
    expect(await answerer('POST')).toBe(other)
    expect((await (await get.answer).json()).pid).toBe(other)
    const processes = (of: number | undefined) => app.exchanges().find(({ id }) => id === of)?.processes
    expect(processes(id)?.map(({ pid }) => pid)).toEqual([frozen.pid, other])
    const refused = await post.answer
    expect(refused.status).toBe(502)
    const words = await refused.text()
    expect(words).toMatch(japanese)
    expect(words).toContain(`process ${frozen.slot} (pid ${frozen.pid}) broke off before it answered`)
    expect(app.exchanges().filter(({ status }) => status === 502)).toEqual([
      expect.objectContaining({ method: 'POST', processes: [{ slot: frozen.slot, pid: frozen.pid }] }),
    ])
  })

  test('is a 502 in words, when each process breaks off: they all go on', async () => {
    await both()
    const before = [await answerer(), await answerer()]
    const answer = await fetch(`${app.url}breaks-off`)
    expect(answer.status).toBe(502)
    expect(await answer.text()).toMatch(japanese)
    expect([await answerer(), await answerer()]).toEqual(before)
  })

  test('is answered, also a POST, before that process ends when it is to be replaced', async () => {
    const [first] = await both()
    while ((await answerer()) === first?.pid); // it is next, and the first to be replaced
    process.kill(first?.pid ?? 0, 'SIGSTOP')
    const { answer } = await give('POST', first?.pid ?? 0)
    const restarted = app.replicas.restart()
    const state = () => app.replicas.list().find(({ pid }) => pid === first?.pid)?.state
    await expect.poll(state, patient).toBe('ending')
    process.kill(first?.pid ?? 0, 'SIGCONT')
    expect((await (await answer).json()).pid).toBe(first?.pid)
    await restarted
    expect(state()).toBe('ended')
  })

  test('watched or not, the app gets the same request and the visitor the same response', async () => {
    const ask = async (url: string) => {
      const answer = await fetch(url, { headers: { 'x-lab-1': 'mine', cookie: 'a=1; b=2' } })
      const text = `${JSON.stringify([...answer.headers])} ${await answer.text()}`
      return text.replaceAll(/127\.0\.0\.1:\d+|\w{3}, \d\d [^"]*GMT|"pid":\d+/g, '(host, date or pid)')
    }
    const unwatched = await openApp(light, 1, false)
    const plain = await ask(unwatched.url).finally(unwatched.close)
    expect(await ask(app.url)).toBe(plain)
    expect(plain).toContain('"x-lab-1","mine"')
  })
})

test('a request waits for the process that replaces the one that ended, where there is no other', async () => {
  const code = `import { existsSync, writeFileSync } from 'node:fs'
    const marker = import.meta.filename + '.marker'
    export const createApp = () => (req, res) => {
      if (req.url === '/pid') return res.end(String(process.pid))
      if (existsSync(marker)) return res.end('answered by ' + process.pid)
      writeFileSync(marker, '')
      process.exit()
    }`
  const { url, close } = await openApp(code, 1)
  const first = await (await fetch(`${url}pid`)).text()
  const answer = await (await fetch(url)).text()
  const second = await (await fetch(`${url}pid`)).text()
  await close()
  expect(second).not.toBe(first)
  expect(answer).toBe(`answered by ${second}`)
})

type OwnApp = Awaited<ReturnType<typeof openApp>>

/** An app of a few lines in a file of its own, run by `count` processes. */
async function openApp(code: string, count: number, isRecorded = false) {
  const folder = await mkdtemp(join(tmpdir(), 'lab-app-'))
  const file = join(folder, 'app.mjs')
  await writeFile(file, code)
  const replicas = openReplicas({
    count,
    file: relative(root, file),
    name: 'test',
    storeUrl: 'memory:',
    folder,
    isSticky: false,
    isRecorded,
    secrets: () => [secret],
    delay: () => 0,
  })
  const recorder = createRecorder()
  const handler = isRecorded ? recorder.watch(replicas.handler) : replicas.handler
  const listener = await listen((req, res) => handler(req, res, problemPage(req, res, 'test')), 0)
  return {
    url: `http://127.0.0.1:${listener?.port}/`,
    folder,
    replicas,
    exchanges: () => recorder.exchanges(),
    async close() {
      await listener?.close()
      await replicas.close()
      await rm(folder, { recursive: true })
    },
  }
}

test('an app that cannot be started is a 503 in words; each request tries once more, and nothing in between', async () => {
  const code = `import { appendFileSync } from 'node:fs'
    appendFileSync(new URL('starts', import.meta.url), 'x')
    process.exit(3)`
  const { error } = console
  console.error = () => {}
  const { url, folder, close } = await openApp(code, 1)
  for (let n = 1; n <= 2; n++) {
    const answer = await fetch(url)
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('プロセスを起動できなかった')
    expect(readFileSync(join(folder, 'starts'), 'utf8')).toHaveLength(n)
  }
  await close()
  console.error = error
})

test('processes end with the lab, also when it is killed', async ({ request, startDemo }) => {
  const lab = await startDemo()
  const found: number[] = []
  for (let n = 0; n < 2; n++) {
    const text = await (await request.get(urlOf(lab), patient)).text()
    found.push(Number(/answered by process (\d+)/.exec(text)?.[1]))
  }
  expect(found.map(isAlive)).toEqual([true, true])
  await lab.kill()
  await expect.poll(() => found.map(isAlive)).toEqual([false, false])
})

/* ── the inspector ───────────────────────────────────────────────────────────────────────────────── */

test('what the processes do is recorded with their requests, and what the lab decides reaches them: a slow store, another variant', async ({
  request,
  demo,
}) => {
  await test.step('store calls, debug lines and who answered are recorded', () => recordsAll(request, demo))
  await test.step('the slowness of the store reaches those that run and those that start', () =>
    slowsAll(request, demo))
  await test.step('a variant that is left takes its processes with it, and its sessions stay in the store', () =>
    leavesNone(request, demo))
})

async function recordsAll(request: APIRequestContext, demo: Demo) {
  await login(request, 'taro')
  const { sid } = (await demo.rows())[0] ?? {}
  const seen = await look(request)
  const exchange = await exchangeOf(demo, '/')
  expect(exchange.processes).toEqual([{ slot: 2, pid: seen.pid }])
  expect(exchange.calls.map((call) => [call.method, call.sid])).toEqual([
    ['get', sid],
    ['set', sid],
  ])
  for (const { at, duration } of exchange.calls) {
    expect(at).toBeGreaterThan(0)
    expect(at + (duration ?? 0)).toBeLessThanOrEqual(exchange.duration ?? 0)
  }
  expect(exchange.debug).toContain('session found')
}

async function slowsAll(request: APIRequestContext, demo: Demo) {
  demo.lab.setDelay(300)
  const slow = async () =>
    (await exchangeOf(demo, '/')).calls.find(({ method }) => method === 'set')?.duration
  for (let n = 0; n < 2; n++) {
    await look(request)
    expect(await slow()).toBeGreaterThan(295)
  }
  const before = pids(demo)
  replicasOf(demo).kill(1)
  await expect.poll(() => pids(demo).filter((pid) => !before.includes(pid)), patient).toHaveLength(1)
  for (let n = 0; n < 2; n++) {
    await look(request)
    expect(await slow()).toBeGreaterThan(295)
  }
}

async function leavesNone(request: APIRequestContext, demo: Demo) {
  const left = pids(demo)
  await demo.lab.setVariant('rotated-at-once')
  expect(left.map(isAlive)).toEqual([false, false])
  expect((await look(request)).user).toBe('taro')
}

test('an exchange that another process serves is finished only when that has told its part', async ({
  request,
}) => {
  const recorder = createRecorder()
  const parts: (Part | undefined)[] = []
  const handler = recorder.watch((_req, res) => {
    parts.push(expectPart({ slot: 1, pid: 1 }))
    res.end('ok')
  })
  const listener = await listen((req, res) => handler(req, res), 0)
  await request.get(`http://127.0.0.1:${listener?.port}/`)
  const [exchange] = recorder.exchanges()
  await expect.poll(() => exchange?.status).toBe(200)
  expect(exchange?.duration).toBeNull()
  const call = storeCall({ duration: null })
  parts[0]?.take({ calls: [call], debug: ['fetching x'] })
  const [known] = exchange?.calls ?? []
  expect(exchange?.duration).toBeNull()
  parts[0]?.end()
  expect(exchange?.duration).toBeGreaterThan(0)
  parts[0]?.take({ calls: [{ ...call, duration: 5 }], debug: ['fetching x'] })
  expect(known?.duration).toBe(5) // the very call that may be waited for
  await listener?.close()
})

/* ── the lab page ────────────────────────────────────────────────────────────────────────────────── */

/** The list of processes as it comes over the wire: its rows in words, and its buttons, pressed as a browser without JavaScript does. */
async function processList({ labUrl }: Demo) {
  const page = await (await fetch(labUrl)).text()
  const list = /<section [^>]*id="processes"[\s\S]*?<\/section>/.exec(page)?.[0] ?? ''
  const rows = [...list.matchAll(/<tr class="[^"]*">(.*?)<\/tr>/gs)]
  const buttons = [...list.matchAll(/<form method="post" action="([^"]*)">(.*?)<\/form>/gs)].flatMap(
    ([, action = '', inside = '']) =>
      [...inside.matchAll(/<button([^>]*)>(.*?)<\/button>/gs)].map(([, attributes = '', text]) => {
        const attribute = (which: string) => new RegExp(` ${which}="([^"]*)"`).exec(attributes)?.[1]
        const name = attribute('name')
        return {
          label: attribute('aria-label') ?? text,
          action,
          form: { ...(name !== undefined && { [name]: attribute('value') ?? '' }) },
        }
      }),
  )
  return {
    rows: rows.map(([, row = '']) => row.replaceAll(/<.*?>/gs, '').trim()),
    async press(name: string) {
      const { action, form } = buttons.find(({ label }) => label === name) ?? {}
      const answer = await fetch(new URL(action ?? '', labUrl), {
        method: 'POST',
        body: new URLSearchParams(form),
        headers: { origin: new URL(labUrl).origin },
        redirect: 'manual', // back to the page
      })
      expect([answer.status, answer.headers.get('location')], name).toEqual([
        303,
        expect.stringMatching(/^\/__lab\//),
      ])
    },
  }
}

test.describe('without JavaScript', () => {
  test.use({ app: 'cluster/rotated-at-once' }) // a new secret in one round of restarts
  test('the page lists the processes, kills one, and restarts them one by one; with a new secret at once, the visitor is a stranger to the one that does not know it yet', async ({
    request,
    demo,
  }) => {
    test.setTimeout(240_000) // seven processes start, most of them one after the other: no single wait has a limit of its own
    await look(request)
    const list = await processList(demo)
    expect(list.rows).toEqual([
      expect.stringMatching(/^1\d+\d実行中終わらせる$/),
      expect.stringMatching(/^2\d+\d実行中終わらせる$/),
    ])
    const [first = 0] = pids(demo)
    await list.press('プロセス1を終わらせる')
    await expect.poll(() => pids(demo).filter((pid) => pid !== first), patient).toHaveLength(2)
    const [ended] = (await processList(demo)).rows
    expect(ended).toMatch(new RegExp(`^1${first}\\d+終わった$`))
    async function pressAndWait(name: string) {
      const before = pids(demo)
      await (await processList(demo)).press(name)
      await expect.poll(() => replicasOf(demo).isRolling(), { timeout: 0 }).toBe(false)
      expect(pids(demo)).toHaveLength(2)
      expect(pids(demo).filter((pid) => before.includes(pid))).toEqual([])
      const { rows } = await processList(demo)
      expect(rows.filter((row) => row.includes('実行中'))).toHaveLength(2)
    }
    await pressAndWait('順に再起動する')
    const { seen, strangers } = await goOnWhile(request, () => pressAndWait('鍵を更新しながら再起動する'))
    expect(strangers.length).toBeGreaterThan(0)
    expect(new Set(strangers.map(({ pid }) => pid)).size).toBe(1) // the one that was still to be replaced
    expect(seen.at(-1)?.user).toBe('taro') // as long as nobody has replaced the cookie
    const refused = demo.exchanges().find(({ debug }) => debug.includes('cookie signature invalid'))
    const panel = await request.get(`/__lab/inspector/panel?at=${refused?.id}`)
    expect(await panel.text()).toContain('part-signature bad') // what the process said, not what others would
  })
})

test('who runs, who answered each request and who of them has ended follow by themselves; axe finds nothing in the list, and 320 px are wide enough, in both languages', async ({
  page,
  warmPage,
  request,
  demo,
}) => {
  await login(request, 'taro')
  await lookTwice(request) // both have found the row
  expect(await (await request.get('/__lab/inspector/')).text()).not.toContain('inspector-divided')
  await page.goto('/__lab/?list=all')
  await page.frameLocator('iframe').getByLabel('ユーザー名').waitFor(patient)
  await expect(page.locator('#processes tbody tr')).toHaveCount(2)
  const [one, two] = running(demo)
  const listed = page.locator('.list .process')
  await expect(listed.filter({ hasText: `プロセス1(${one?.pid})` })).not.toHaveCount(0)
  await expect(listed.filter({ hasText: `プロセス2(${two?.pid})` })).not.toHaveCount(0)
  await expect(page.locator('.lane-server .process')).not.toHaveCount(0)
  await expect(page.locator('#inspector-details .process')).toHaveCount(1)
  await expect(page.locator('.list .process.is-ended')).toHaveCount(0)
  await exchangeOf(demo, '/') // its process has told all of it
  const seen = demo.wire().length
  await page.getByRole('button', { name: 'プロセス2を終わらせる' }).click()
  await expect(page.locator('#processes .is-ended')).toHaveCount(1)
  await expect(page.locator('.list .process.is-ended').first()).toContainText(`${two?.pid}`)
  await expect(page.locator('.list .process.is-ended').first()).toContainText('終わったプロセス')
  expect(demo.wire()).toHaveLength(seen) // the page is not left, and the demo on it is not opened anew
  await expect(page.locator('#processes .is-running')).toHaveCount(2, patient)
  for (const [query, colorScheme] of [
    ['', 'dark'],
    ['?lang=en', 'light'],
  ] as const) {
    const response = await request.get(`/__lab/${query}`)
    await warmPage.emulateMedia({ colorScheme })
    await show(warmPage, await response.text(), response.url())
    expect(await overflow(warmPage), query).toBe(0)
    expect(await violations(warmPage, '#processes'), query).toEqual([])
  }
})

for (const [what, path, form, status] of [
  ['a process that is not there', 'kill', { slot: '9' }, 404],
  ['no process', 'kill', {}, 404],
] as const) {
  test(`the lab page refuses to kill ${what}`, async ({ request, demo }) => {
    const headers = { origin: demo.url.slice(0, -1) }
    expect((await request.post(`/__lab/${path}`, { form, headers })).status()).toBe(status)
  })
}

test.describe('a scenario without processes of its own', () => {
  test.use({ app: 'counter' })
  test('has no list of them', async ({ request, demo }) => {
    const page = await (await request.get('/__lab/')).text()
    expect(page).toContain('<iframe')
    expect(page).not.toContain('id="processes"')
    const headers = { origin: demo.url.slice(0, -1) }
    expect((await request.post('/__lab/restart', { form: {}, headers })).status()).toBe(404)
  })
})
