import { stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { readSecrets } from '../../lab/cli/secret.ts'
import { startLab } from '../../lab/lab.ts'
import { slugs } from '../../lab/scenarios/scenarios.ts'
import { test as base, expect } from '../support/fixtures.ts'
import { urlOf } from '../support/own-process.ts'

const test = base.extend<{ port: number }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
  port: async ({}, use) => {
    const server = createServer()
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
    })
    await new Promise((resolve) => server.close(resolve))
    await use(port)
  },
})

const demo = 'lab/cli/demo.ts'
const count = async (answer: Promise<{ text(): Promise<string> }>) =>
  Number(/aria-label="count">(\d+)</.exec(await (await answer).text())?.[1])

/** Its sessions last for as long as the starts of a busy machine take. */
const lasting = ['counter', '--variant', 'no-expiry', '--port']

test('a session goes on after SIGTERM, after SIGKILL, and a new start', async ({
  start,
  port,
  playwright,
  folder,
}) => {
  const browser = await playwright.request.newContext()
  const begin = () => start(demo, [...lasting, String(port)])
  let running = await begin()
  const url = urlOf(running)
  for (const n of [1, 2, 3]) expect(await count(browser.get(`${url}tap`))).toBe(n)
  for (const [signal, code, n] of [
    ['SIGTERM', 0, 4],
    ['SIGKILL', null, 5],
  ] as const) {
    expect(await running.kill(signal)).toBe(code)
    running = await begin()
    expect(urlOf(running)).toBe(url)
    expect(await count(browser.get(`${url}tap`))).toBe(n)
  }
  expect((await stat(join(folder, 'secret'))).mode & 0o777).toBe(0o600)
  await browser.dispose()
})

test('the announced line, both addresses, and the next port when one is taken, by another program or by a lab', async ({
  start,
}) => {
  const other = createServer()
  const taken = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port))
  })
  const first = await start(demo, ['counter', '--port', String(taken)])
  expect(first.output()).toContain(`Port ${taken} is taken by another program`)
  const { port } = new URL(urlOf(first))
  expect(first.output()).toContain(`Example app listening on port ${port}!`)
  expect(first.output()).toContain(`http://localhost:${port}/__lab/`)
  const second = await start(demo, ['counter', '--port', port])
  expect(second.output()).toContain(`Port ${port} is taken by this lab (counter)`)
  expect(urlOf(second)).not.toBe(urlOf(first))
  expect((await fetch(urlOf(second))).status).toBe(200)
  other.close()
})

test('SESSION_SECRET rotates: the new first, the old behind it, and no session is lost', async ({
  playwright,
  folder,
}) => {
  const browser = await playwright.request.newContext()
  async function tapWith(SESSION_SECRET: string) {
    const secret = readSecrets(folder, { SESSION_SECRET })
    const options = { slug: 'counter', variant: 'no-expiry', folder, secret, storeUrl: 'sqlite:' }
    const lab = await startLab({ ...options, hasLabPages: false })
    const n = await count(browser.get(`${lab.sites[0].url}tap`))
    await lab.close()
    return n
  }
  expect(await tapWith('old'.repeat(12))).toBe(1)
  expect(await tapWith(`${'new'.repeat(12)}, ${'old'.repeat(12)}`)).toBe(2)
  expect(await tapWith('other'.repeat(12))).toBe(1)
  await browser.dispose()
})

test('in production, and on another address than loopback, it needs SESSION_SECRET, and the lab pages are off', async ({
  start,
  port,
}) => {
  const env = { NODE_ENV: 'production', SESSION_SECRET: 'x'.repeat(40) }
  const started = await start(demo, ['counter', '--port', String(port), '--listen', '0.0.0.0'], env)
  expect(started.output()).not.toContain('/__lab/')
  const lab = await fetch(`http://127.0.0.1:${port}/__lab/`)
  expect(lab.status).toBe(404)
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
})

test('npm start serves the index and every scenario on a port of its own', async ({ start, port }) => {
  const started = await start('lab/cli/start.ts', [], { PORT: String(port) })
  const index = await (await fetch(urlOf(started))).text()
  const ways = [...index.matchAll(/href="\/(go\/[\w-]+)"/g)].map(([, way = '']) => way)
  expect(new Set(ways).size).toBe(slugs().length)
  const labs = new Set<string>()
  for (const way of new Set(ways)) {
    const lab = await fetch(`${urlOf(started)}${way}`, { redirect: 'manual' })
    const { origin, pathname, port } = new URL(lab.headers.get('location') ?? '', urlOf(started))
    expect([lab.status, pathname]).toEqual([302, '/__lab/'])
    // what is answered before the app and the page, which have tests of their own
    expect((await fetch(`${origin}/favicon.ico`)).ok, way).toBe(true)
    labs.add(port)
  }
  expect(labs.size).toBe(slugs().length)
})
