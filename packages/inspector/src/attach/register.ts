/*
 * What `--import express-session-inspector/register` loads into somebody's process, as one CommonJS file without
 * dependencies. It does nothing but hook in until express-session is loaded.
 */
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Store } from 'express-session'
import type { Passed, StoreCall } from '../exchange.ts'
import { createRecorder, type Told } from '../recorder.ts'
import type { LookAtRow } from '../side-looks.ts'
import { loadedBefore, watchExpressSession } from '../watch/express-session.ts'
import { lookFor } from '../watch/peeks.ts'
import { watchRunningApp } from '../watch/running-app.ts'
import { createSampler } from '../watch/sampling.ts'
import { type Around, watchServers } from '../watch/servers.ts'
import { numberOf } from '../watch/store.ts'
import { inProduction, loadedFirst } from '../words/attaching.ts'
import { exchangeLine } from './exchange-line.ts'
import { type Link, openLink, type Waiting } from './link.ts'
import type { FromProcess, Hello, ToProcess } from './messages.ts'
import { createFilePeek } from './peek-file.ts'

const { env } = process
const isLoaded = Symbol.for('express-session-inspector')
const isOn = env['SESSION_INSPECTOR'] !== 'off' && !Reflect.has(globalThis, isLoaded)

/** Says one line of ours in the app's terminal. */
const say = (text: string) => void process.stderr.write(`express-session-inspector: ${text}\n`)

if (isOn) {
  Object.defineProperty(globalThis, isLoaded, { value: true })
  attach()
}

function attach() {
  // whoever this process starts reports to the same hub
  env['SESSION_INSPECTOR_HUB'] ??= ownAddress()
  const address = env['SESSION_INSPECTOR_HUB']
  const looks = new Map<number, LookAtRow>()
  const peekFile = env['SESSION_INSPECTOR_PEEK']
  const lookByFile = peekFile ? createFilePeek(resolve(peekFile), say) : undefined
  const outside = new WeakMap<StoreCall, Waiting & { id: number; call: StoreCall }>()
  let passing: (Waiting & { passed: Passed }) | undefined
  let outsideCount = 0
  let link: Link | undefined
  let isRefused = false

  const recorder = createRecorder({
    limit: 0, // the hub keeps them
    ...(env['SESSION_INSPECTOR_ALL'] !== 'yes' && { admits: createSampler() }),
    onPassed(passed) {
      if (passing?.passed !== passed) passing = { passed }
      link?.sendLatest(passing, tellPassed)
    },
    onChange(told: Told) {
      link?.sendLatest(told, exchangeLine)
    },
    onOutside(call) {
      let told = outside.get(call)
      if (!told) {
        told = { id: ++outsideCount, call }
        outside.set(call, told)
      }
      link?.sendLatest(told, ({ id }) => JSON.stringify({ kind: 'outside', id, call } satisfies FromProcess))
    },
  })

  /** With the first sign of express-session there is something to tell. */
  function begin() {
    if (link || isRefused) return
    if (env['NODE_ENV'] === 'production' && env['SESSION_INSPECTOR_PRODUCTION'] !== 'yes') {
      isRefused = true
      say(`${inProduction.ja} / ${inProduction.en}`)
      return
    }
    link = openLink({ address, hub: join(__dirname, 'hub.cjs'), hello, onMessage: answer })
  }

  async function answer(message: ToProcess) {
    if (message.kind === 'say') say(message.text)
    if (message.kind !== 'peek') return
    const { id, store, sid } = message
    const look = looks.get(store)
    try {
      const row = look ? await look(sid) : null
      link?.send({
        kind: 'row',
        id,
        ...(row === null ? { state: 'blind' } : { state: row ? 'there' : 'none', row }),
      })
    } catch {
      link?.send({ kind: 'row', id, state: 'failed' })
    }
  }

  function meet(store: Store) {
    if (isRefused) return
    recorder.watchStore(store)
    const look = lookFor(store) ?? lookByFile?.(store)
    const number = numberOf(store)
    if (look && number !== undefined) looks.set(number, look)
  }

  watchExpressSession({
    onStore(store) {
      begin()
      meet(store)
    },
    onSession(call) {
      begin()
      link?.send({ kind: 'session', call })
    },
  })
  const around: Around = (req, res, server, handle) =>
    link ? recorder.record(req, res, server, handle) : handle()
  watchServers(around)
  const [early] = loadedBefore()
  if (early === undefined) return
  begin()
  watchRunningApp(around, meet)
  if (env['SESSION_INSPECTOR_LATE'] !== 'yes') say(`${loadedFirst.ja} / ${loadedFirst.en} (${early})`)
}

const tellPassed = ({ passed }: { passed: Passed }) =>
  JSON.stringify({ kind: 'passed', passed } satisfies FromProcess)

function hello(): Hello {
  return {
    kind: 'hello',
    pid: process.pid,
    at: Math.round(performance.timeOrigin),
    node: process.version,
    command: process.argv.slice(1).join(' ').slice(0, 500),
    loadedBefore: loadedBefore(),
  }
}

/**
 * The same for whoever is started anew in the place of this process (`node --watch`, nodemon): the same command by the
 * same parent. The hub makes the folder, for this user alone.
 */
function ownAddress(): string {
  const who = [process.ppid, process.cwd(), ...process.argv].join('\n')
  const name = `session-inspector-${createHash('sha1').update(who).digest('hex').slice(0, 16)}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name, 'hub')
}
