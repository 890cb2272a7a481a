import { stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
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

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`a session goes on after ${signal} and a new start`, async ({ start, port, playwright, folder }) => {
    const browser = await playwright.request.newContext()
    const first = await start(demo, [...lasting, String(port)])
    for (const n of [1, 2, 3]) expect(await count(browser.get(`${urlOf(first)}tap`))).toBe(n)
    expect(await first.kill(signal)).toBe(signal === 'SIGTERM' ? 0 : null)
    const second = await start(demo, [...lasting, String(port)])
    expect(urlOf(second)).toBe(urlOf(first))
    expect(await count(browser.get(`${urlOf(second)}tap`))).toBe(4)
    expect((await stat(join(folder, 'secret'))).mode & 0o777).toBe(0o600)
    await browser.dispose()
  })
}

test('the announced line, both addresses, and the next port when one is taken', async ({ start, port }) => {
  const first = await start(demo, ['counter', '--port', String(port)])
  expect(first.output()).toContain(`Example app listening on port ${port}!`)
  expect(first.output()).toContain(`http://localhost:${port}/__lab/`)
  const second = await start(demo, ['counter', '--port', String(port)])
  expect(second.output()).toContain(`Port ${port} is taken by this lab (counter)`)
  expect(urlOf(second)).not.toBe(urlOf(first))
  expect((await fetch(urlOf(second))).status).toBe(200)
})

test('a port taken by another program is said to be so', async ({ start }) => {
  const other = createServer()
  const port = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port))
  })
  const started = await start(demo, ['counter', '--port', String(port)])
  expect(started.output()).toContain(`Port ${port} is taken by another program`)
  other.close()
})

for (const [what, args, said] of [
  ['an unknown scenario', ['nope'], 'counter, welcome, views, login, multi-app'],
  ['an unknown variant', ['counter', '--variant', 'nope'], 'rolling'],
  ['an unknown option', ['counter', '--nope'], '--variant'],
] as const) {
  test(`${what} ends with what is known instead`, async ({ start }) => {
    const started = await start(demo, args)
    expect(started.output()).toContain(said)
    expect(started.output()).not.toContain('    at ')
    expect(await started.kill('SIGTERM')).toBe(1)
  })
}

test('a folder that cannot be written to is told in words', async ({ start, folder }) => {
  const file = join(folder, 'a-file')
  await writeFile(file, '')
  const started = await start(demo, ['counter'], { LAB_VAR: join(file, 'var') })
  expect(started.output()).toContain('LAB_VAR')
  expect(await started.kill('SIGTERM')).toBe(1)
})

test('an unknown SESSION_STORE ends with what is known instead', async ({ start }) => {
  const started = await start(demo, ['counter'], { SESSION_STORE: 'nope:' })
  expect(started.output()).toContain('memory:')
  expect(await started.kill('SIGTERM')).toBe(1)
})

test('production refuses to start without SESSION_SECRET', async ({ start, port }) => {
  const production = { NODE_ENV: 'production' }
  const refused = await start(demo, ['counter', '--port', String(port)], production)
  expect(refused.output()).toContain('SESSION_SECRET')
  expect(await refused.kill('SIGTERM')).toBe(1)
  const started = await start(demo, ['counter', '--port', String(port)], {
    ...production,
    SESSION_SECRET: 'x'.repeat(40),
  })
  expect((await fetch(urlOf(started))).status).toBe(200)
})

test('SESSION_SECRET rotates: the new first, the old behind it, and no session is lost', async ({
  start,
  port,
  playwright,
}) => {
  const browser = await playwright.request.newContext()
  const run = async (secret: string) => start(demo, [...lasting, String(port)], { SESSION_SECRET: secret })
  const before = await run('old'.repeat(12))
  expect(await count(browser.get(`${urlOf(before)}tap`))).toBe(1)
  await before.kill('SIGTERM')
  const rotated = await run(`${'new'.repeat(12)}, ${'old'.repeat(12)}`)
  expect(await count(browser.get(`${urlOf(rotated)}tap`))).toBe(2)
  await rotated.kill('SIGTERM')
  const changed = await run('other'.repeat(12))
  expect(await count(browser.get(`${urlOf(changed)}tap`))).toBe(1)
  await browser.dispose()
})

test('on another address than loopback the lab pages are off', async ({ start, port }) => {
  const started = await start(demo, ['counter', '--port', String(port), '--listen', '0.0.0.0'])
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
    const lab = await fetch(`${urlOf(started)}${way}`)
    expect([lab.status, new URL(lab.url).pathname]).toEqual([200, '/__lab/'])
    labs.add(new URL(lab.url).port)
  }
  expect(labs.size).toBe(slugs().length)
})
