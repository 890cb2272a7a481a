import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../lab/places.ts'
import { slugs } from '../lab/scenarios.ts'
import { test as base, expect } from './fixtures.ts'

/** Runs `npm run <script>` as a newcomer would, in a process of its own. */
interface Started {
  /** Everything printed so far, on both streams. */
  output(): string
  url: string
  kill(signal: NodeJS.Signals): Promise<number | null>
}

type Start = (script: string, args?: readonly string[], env?: NodeJS.ProcessEnv) => Promise<Started>

const test = base.extend<{ folder: string; start: Start; port: number }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'lab-var-'))
    await use(folder)
    await rm(folder, { recursive: true })
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
  port: async ({}, use) => {
    const server = createServer()
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
    })
    await new Promise((resolve) => server.close(resolve))
    await use(port)
  },

  start: async ({ folder }, use) => {
    const children: ChildProcess[] = []
    await use(async (script, args = [], env = {}) => {
      const { NODE_OPTIONS: _, ...inherited } = process.env
      const child = spawn(process.execPath, ['lab/run.mjs', script, ...args], {
        cwd: root,
        env: { ...inherited, LAB_VAR: folder, ...env },
      })
      children.push(child)
      let output = ''
      const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
      await new Promise<void>((resolve) => {
        const read = (data: Buffer) => {
          output += data
          if (output.includes('Ctrl+C')) resolve()
        }
        child.stdout.on('data', read)
        child.stderr.on('data', read)
        exited.then(() => resolve())
      })
      return {
        output: () => output,
        url: /http:\/\/localhost:\d+\//.exec(output)?.[0] ?? '',
        kill: (signal) => {
          child.kill(signal)
          return exited
        },
      }
    })
    for (const child of children) child.kill('SIGKILL')
  },
})

const demo = 'lab/demo.ts'
const count = async (answer: Promise<{ text(): Promise<string> }>) =>
  Number(/aria-label="count">(\d+)</.exec(await (await answer).text())?.[1])

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`a session goes on after ${signal} and a new start`, async ({ start, port, playwright, folder }) => {
    const browser = await playwright.request.newContext()
    const first = await start(demo, ['counter', '--port', String(port)])
    for (const n of [1, 2, 3]) expect(await count(browser.get(`${first.url}tap`))).toBe(n)
    await first.kill(signal)
    const second = await start(demo, ['counter', '--port', String(port)])
    expect(second.url).toBe(first.url)
    expect(await count(browser.get(`${second.url}tap`))).toBe(4)
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
  expect(second.url).not.toBe(first.url)
  expect((await fetch(second.url)).status).toBe(200)
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
  ['a port that is none', ['counter', '--port', '99999'], '--port'],
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
  expect((await fetch(started.url)).status).toBe(200)
})

test('SESSION_SECRET rotates: the new first, the old behind it, and no session is lost', async ({
  start,
  port,
  playwright,
}) => {
  const browser = await playwright.request.newContext()
  const run = async (secret: string) =>
    start(demo, ['counter', '--port', String(port)], { SESSION_SECRET: secret })
  const before = await run('old'.repeat(12))
  expect(await count(browser.get(`${before.url}tap`))).toBe(1)
  await before.kill('SIGTERM')
  const rotated = await run(`${'new'.repeat(12)}, ${'old'.repeat(12)}`)
  expect(await count(browser.get(`${rotated.url}tap`))).toBe(2)
  await rotated.kill('SIGTERM')
  const changed = await run('other'.repeat(12))
  expect(await count(browser.get(`${changed.url}tap`))).toBe(1)
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
  const started = await start('lab/start.ts', [], { PORT: String(port) })
  const index = await (await fetch(started.url)).text()
  const labs = [...index.matchAll(/http:\/\/localhost:\d+\/__lab\//g)].map(([url]) => url)
  expect(labs).toHaveLength(slugs().length)
  for (const lab of labs) expect((await fetch(lab)).status).toBe(200)
})
