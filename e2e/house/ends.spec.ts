import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { chmod, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { clientId } from '#inspector'
import { compile } from '../../common/compile.mjs'
import { openBrowserWindow } from '../../lab/chromium/browser-window.ts'
import { listen } from '../../lab/http/listen.ts'
import { postgresProgram } from '../../stores/servers/postgres.ts'
import { redisProgram } from '../../stores/servers/redis.ts'
import { test as base, expect } from '../support/fixtures.ts'
import { type Running, runScript, urlOf } from '../support/own-process.ts'

/* How the lab ends: with everything closed, nothing left behind, and a code that says whether it went well. */

const demo = 'lab/cli/demo.ts'

/** The processes which use this folder for temporary files, as whoever was started by the lab does. */
function processesIn(temporary: string): string[] {
  if (!existsSync('/proc/self/environ')) return [] // no Linux: it stays untested
  return readdirSync('/proc').filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`TMPDIR=${temporary}\0`)
    } catch {
      return false // no process, or one that has just ended
    }
  })
}

const test = base.extend<{ expectNothingLeft: () => Promise<void> }>({
  expectNothingLeft: async ({ temporary }, use) =>
    use(async () => {
      const left = () => [...readdirSync(temporary), ...processesIn(temporary)]
      await expect.poll(left, { timeout: 20_000 }).toEqual([])
    }),
})

/** Skips the test by name where the program is missing; in CI it fails. */
function needs(program: string | undefined, what: string) {
  if (!program && process.env['CI']) throw new Error(`${what} is not installed, and CI must not skip this`)
  test.skip(!program, `${what} is not installed on this machine`)
}

/** It has ended by itself, with code 1 and in words. */
async function expectFailure(started: Running, said: string) {
  expect(await Promise.race([started.ended, 'still running'])).toBe(1)
  expect(started.stderr()).toContain(said)
  expect(started.stderr()).not.toContain('    at ')
}

test.describe('a start that fails ends with code 1, whatever is open by then', () => {
  test.describe.configure({ mode: 'default' }) // one after the other: two of them want the last port

  test('a second app that finds no port', async ({ start }) => {
    await expectFailure(await start(demo, ['multi-app', '--port', '65535']), 'No free port from 65536')
  })

  test('npm start that runs out of ports', async ({ start }) => {
    await expectFailure(await start('lab/cli/start.ts', [], { PORT: '65535' }), 'No free port from 65536')
  })

  test('an address that is not ours, with a Redis of its own', async ({
    start,
    temporary,
    expectNothingLeft,
  }) => {
    needs(redisProgram(), 'redis-server')
    const args = ['counter', '--store', 'redis:', '--port', '0', '--listen', '203.0.113.7']
    await expectFailure(await start(demo, args, { TMPDIR: temporary }), 'Cannot listen on 203.0.113.7:0')
    await expectNothingLeft()
  })

  test('a browser that has no sandbox, which is asked for unless it runs as root', async ({
    start,
    folder,
    temporary,
    expectNothingLeft,
  }) => {
    const browser = join(folder, 'browser')
    await writeFile(
      browser,
      '#!/bin/sh\necho "$@" >"$0-arguments"\necho "FATAL: No usable sandbox!" >&2\nexit 1\n',
    )
    await chmod(browser, 0o700)
    const env = {
      TMPDIR: temporary,
      LAB_BROWSER: browser,
      NODE_OPTIONS: '--import "data:text/javascript,process.getuid=()=>1000"',
    }
    await expectFailure(
      await start(demo, ['counter', '--inspect', '--port', '0'], env),
      'cannot use its sandbox',
    )
    expect(readFileSync(`${browser}-arguments`, 'utf8')).not.toContain('--no-sandbox')
    await expectNothingLeft()
  })
})

/** A command that opens three things, of which one does not close well. */
const commandThat = async (does: string) => `
  import { closeAtEnd, runCommand } from '${await compile('common/ending.ts')}'
  await runCommand(async () => {
    setInterval(() => {}, 1000) // left alone, it stays
    for (const name of ['first', 'second', 'third']) {
      closeAtEnd(async () => {
        if (name === 'second') throw new Error('it does not close')
        console.log(name)
      })
    }
    ${does}
  })
`

for (const [what, does] of [
  ['that is in its main flow', "throw new Error('what went wrong')"],
  ['that nobody catches', "setTimeout(() => { throw new Error('what went wrong') })"],
  ['in a promise that nobody waits for', "void Promise.reject(new Error('what went wrong'))"],
] as const) {
  test(`an error ${what} closes what is open, last opened first, and ends the command with code 1`, async () => {
    const ended = await runScript(await commandThat(does))
    expect(await ended.ended).toBe(1)
    expect(ended.stderr()).toContain('what went wrong')
    expect(ended.stdout()).toBe('third\nfirst\n')
  })
}

// that every signal closes all that is open, and that the browser listens to none of them, is asked below
for (const signal of ['SIGINT', 'SIGKILL'] as const) {
  test(`${signal} leaves no server, no browser and none of their files`, async ({
    start,
    temporary,
    expectNothingLeft,
  }) => {
    needs(redisProgram(), 'redis-server')
    const env = { TMPDIR: temporary, LAB_HEADLESS: '1' }
    const args = ['counter', '--store', 'redis:', '--inspect', '--port', '0']
    const started = await start(demo, args, env)
    expect(readdirSync(temporary).map((name) => name.replace(/-[^-]*$/, ''))).toEqual(
      expect.arrayContaining(['lab-profile', 'lab-server']),
    )
    expect(started.output()).not.toMatch(/[0-9a-f]{32}/) // the password of the server
    const line = connect(Number(new URL(urlOf(started)).port), '127.0.0.1').on('error', () => {})
    await once(line, 'connect') // somebody who stays
    expect(await started.kill(signal)).toBe(signal === 'SIGKILL' ? null : 0)
    await expectNothingLeft()
  })
}

test('SIGKILL leaves nothing of a PostgreSQL', async ({ start, temporary, expectNothingLeft }) => {
  needs(postgresProgram(), 'postgres')
  await chmod(join(temporary, '..'), 0o711) // it runs as another user than root
  const started = await start(demo, ['counter', '--store', 'postgres:', '--port', '0'], { TMPDIR: temporary })
  expect(urlOf(started)).not.toBe('')
  await started.kill('SIGKILL')
  await expectNothingLeft()
})

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const // the last one: the terminal has been closed

for (const signal of signals) {
  test(`${signal} ends a command with code 0, with everything closed`, async () => {
    const started = await runScript(await commandThat("console.log('ready')"), { until: 'ready' })
    expect(await started.kill(signal)).toBe(0)
    expect(started.stdout()).toBe('ready\nthird\nfirst\n')
  })
}

test('a window leaves signals to whoever opened it; closed by hand it takes its jar along and nothing else', async () => {
  const listeners = () => signals.map((signal) => process.listenerCount(signal))
  const before = listeners()
  const listening = await listen((_req, res) => {
    res.setHeader('Set-Cookie', 'a=1')
    res.end()
  }, 0)
  const window = await openBrowserWindow({ isHeadless: true })
  expect(listeners()).toEqual(before) // else a signal would end the browser, and not the process
  const page = await window.open(`http://localhost:${listening?.port}/`)
  const userAgent = await page.evaluate(() => navigator.userAgent)
  const client = clientId({ host: 'localhost', userAgent })
  await expect.poll(() => window.source.look(client, 'a')?.values).toEqual(['1'])
  const closed = new Promise((resolve) => page.context().once('close', resolve))
  const session = await page.context().newCDPSession(page)
  await session.send('Browser.close').catch(() => {})
  await closed
  expect(window.source.look(client, 'a')).toBeUndefined()
  await window.close()
  await listening?.close()
})
