#!/usr/bin/env node
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Kind } from '../diagnose/diagnosis.ts'
import { type Hub, openHub } from '../hub/open.ts'
import { failOnOf, peekFileOf, portOf, reportFileOf } from '../hub/settings.ts'
import { languageOf } from '../words/language.ts'
import { help, readArguments } from './arguments.ts'
import { type Command, commandOf } from './command.ts'
import { openBrowser } from './open-browser.ts'
import { outcomeOf } from './outcome.ts'
import { attachTo } from './running-process.ts'

const register = fileURLToPath(new URL('register.cjs', import.meta.url))
const say = (text: string) => void process.stderr.write(`express-session-inspector: ${text}\n`)

async function main() {
  const given = readArguments(process.argv.slice(2))
  if (given.help) return void process.stdout.write(help)
  const { env } = process
  if (given.pid !== undefined && typeof WebSocket === 'undefined') return withWebSocket()
  const command = given.pid === undefined ? commandOf(given.command, process.cwd()) : undefined
  const failOn = failOnOf(given['fail-on'] ?? env['SESSION_INSPECTOR_FAIL_ON'])
  const peek = peekFileOf(given.peek ?? env['SESSION_INSPECTOR_PEEK'])
  const name = `session-inspector-${randomBytes(8).toString('hex')}`
  const hub = await openHub({
    address: process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name, 'hub'),
    port: portOf(given.port ?? env['SESSION_INSPECTOR_PORT']),
    report: reportFileOf(given.report ?? env['SESSION_INSPECTOR_REPORT']),
    say,
  })
  say(hub.url)
  if (given.open) openBrowser(hub.url)
  const end = (code: number) => endWith(hub, code, failOn)
  if (command) return run(command, hub, end, environmentOf(given, peek))
  await attachTo(given.pid ?? '', { register, address: hub.address, isWhole: given.all, peek })
  say(
    `プロセス${given.pid}を見ています。Ctrl+Cで終わります。 / watching process ${given.pid}; Ctrl+C ends it.`,
  )
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0))
}

/** What the options ask of the processes that are watched. */
const environmentOf = (
  { production, all }: { production: boolean; all: boolean },
  peek: string | undefined,
): NodeJS.ProcessEnv => ({
  ...(production && { SESSION_INSPECTOR_PRODUCTION: 'yes' }),
  ...(all && { SESSION_INSPECTOR_ALL: 'yes' }),
  ...(peek !== undefined && { SESSION_INSPECTOR_PEEK: peek }),
})

/** Node 20 has the WebSocket that the debugging port speaks only where it is asked for. */
function withWebSocket() {
  const args = ['--experimental-websocket', ...process.argv.slice(1)]
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  handOn(child)
  child.on('exit', (code) => process.exit(code ?? 1))
}

/** Runs the command, and ends as it ends. */
function run({ program, args }: Command, hub: Hub, end: (code: number) => void, asked: NodeJS.ProcessEnv) {
  const { env } = process
  const child = spawn(program, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32' && program !== process.execPath,
    env: {
      ...env,
      NODE_OPTIONS: `${env['NODE_OPTIONS'] ?? ''} --require ${JSON.stringify(register)}`.trim(),
      SESSION_INSPECTOR_HUB: hub.address,
      ...asked,
    },
  })
  const received = handOn(child)
  child.on('error', (error) => {
    say(`${program}を起動できません。 / cannot start ${program}: ${error.message}`)
    end(127)
  })
  child.on('exit', (code, signal) => {
    hub.takeLeft()
    if (hub.record.processes().length === 0) {
      say(
        'express-sessionは読み込まれませんでした(1つのファイルにまとめたアプリでは見えません)。 / ' +
          'express-session was not loaded (in an app that is bundled into one file it cannot be seen).',
      )
    }
    // what was sent last is still to be read
    setTimeout(() => {
      endRest(hub, received())
      end(code ?? 128 + (signal ? constants.signals[signal] : 0))
    }, 100)
  })
}

/**
 * The terminal sends Ctrl+C to the app itself; what is sent to us alone is handed on.
 * @returns what gives the last signal that was
 */
function handOn(child: ChildProcess): () => NodeJS.Signals | undefined {
  let last: NodeJS.Signals | undefined
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      last = signal
      child.kill(signal)
    })
  }
  return () => last
}

/** A shell, or npm, may end by a signal and leave what it had started: that gets the signal, too. */
function endRest(hub: Hub, signal: NodeJS.Signals | undefined) {
  if (signal === undefined) return
  for (const { pid, isRunning } of hub.record.processes()) {
    try {
      if (isRunning) process.kill(pid, signal)
    } catch {
      // it has just ended
    }
  }
}

/** What was found is said once more; the command's own failure counts before it. */
function endWith(hub: Hub, code: number, failOn: Kind | undefined) {
  const { summary, isFailing } = outcomeOf(
    hub.findings(),
    failOn,
    languageOf(process.env),
    hub.record.passed?.(),
  )
  if (summary !== '') say(summary)
  try {
    hub.close()
  } catch (error) {
    say((error as Error).message)
  }
  process.exit(code === 0 && isFailing ? 1 : code)
}

main().catch((error: Error) => {
  say(error.message)
  process.exit(1)
})
