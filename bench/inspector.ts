import { createInspector, createRecorder, type Handler } from '../lab/inspector/index.ts'

// before express-session, which decides when it is loaded whether it writes debug lines

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import express, { type Request } from 'express'
import session, { type Store } from 'express-session'
import { openStore } from '../lab/stores/open.ts'

/*
 * What watching costs: CPU of one poll with 500 exchanges, one peek among 1e3 and 1e5 sessions, and the memory after
 * 100 000 requests. CPU time of this process, so that neighbours on the machine do not count.
 */
const secret = 'only for measuring'

function counter(store: Store): Handler {
  const app = express()
  app.use(
    session({
      secret,
      store,
      name: 'bench.sid',
      resave: false,
      saveUninitialized: false,
      cookie: { maxAge: 600_000 },
    }),
  )
  app.get('/', (req: Request, res) => {
    const visit = req.session as typeof req.session & { count?: number }
    visit.count = (visit.count ?? 0) + 1
    res.end(String(visit.count))
  })
  return app as unknown as Handler
}

const cpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000 // ms
}

/** Calls a handler as a server would, without a connection. */
function call(handler: Handler): Promise<void> {
  return new Promise((resolve) => {
    const sink = new Writable({ write: (_chunk, _encoding, done) => done() }) as unknown as Socket
    const req = new IncomingMessage(sink)
    Object.assign(req, { method: 'GET', url: '/', headers: { host: 'localhost' } })
    const res = new ServerResponse(req)
    res.assignSocket(sink)
    res.on('finish', () => {
      res.emit('close')
      resolve()
    })
    handler(req, res)
  })
}

async function pollCost() {
  const inspector = createInspector({ secret })
  const app = counter(inspector.watchStore(new session.MemoryStore()))
  const server = createServer(inspector.around(app)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const cookie = (await fetch(url)).headers.get('set-cookie')?.split(';')[0] ?? ''
  for (let index = 0; index < 510; index++) {
    await (await fetch(url, { headers: index % 5 ? { cookie } : {} })).text()
  }
  const panel = async (query: string) => {
    const answer = await fetch(`${url}__lab/inspector/panel?${query}`, { headers: { cookie } })
    const text = await answer.text()
    return {
      status: answer.status,
      length: text.length,
      version: /data-version="([^"]+)"/.exec(text)?.[1] ?? '',
    }
  }
  const measure = async (times: number, work: () => Promise<unknown>) => {
    for (let index = 0; index < 20; index++) await work()
    const before = cpu()
    for (let index = 0; index < times; index++) await work()
    return (cpu() - before) / times
  }
  const { version, length } = await panel('')
  const bare = await measure(200, async () =>
    (await fetch(`${url}__lab/inspector/assets/favicon.ico`)).arrayBuffer(),
  )
  const unchanged = await measure(200, () => panel(`&version=${version}`))
  const full = await measure(100, () => panel(''))
  const changed = await measure(100, async () => {
    await (await fetch(url, { headers: { cookie } })).text()
    await panel('')
  })
  server.close()
  server.closeAllConnections()
  return { length, bare, unchanged, full, changed }
}

async function peekCost(storeUrl: string) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const opened = await openStore(storeUrl, folder, 'bench')
  const cost: Record<number, number> = {}
  let count = 0
  for (const size of [1_000, 100_000]) {
    while (count < size) {
      const expires = new Date(Date.now() + 600_000)
      const data = {
        cookie: { originalMaxAge: 600_000, expires, maxAge: 600_000 },
        count,
      } as unknown as session.SessionData
      await new Promise((resolve) => opened.store.set(`sid-${count++}`, data, resolve))
    }
    const before = cpu()
    for (let index = 0; index < 5_000; index++) await opened.peek(`sid-${(index * 7919) % size}`)
    cost[size] = (cpu() - before) / 5
  }
  await opened.close()
  rmSync(folder, { recursive: true })
  return cost
}

async function memory() {
  const recorder = createRecorder()
  const app = recorder.watch(counter(recorder.watchStore(new Forgetful())))
  const marks: number[] = []
  for (let index = 0; index <= 100_000; index++) {
    await call(app)
    if (index % 20_000 === 0) {
      globalThis.gc?.()
      marks.push(Math.round(process.memoryUsage().heapUsed / 1e5) / 10)
    }
  }
  return { marks, kept: recorder.exchanges().length }
}

/** Keeps nothing, so that only the inspector's own memory is seen. */
class Forgetful extends session.Store {
  override get(_sid: string, callback: (error: unknown, session?: session.SessionData | null) => void) {
    setImmediate(callback, null, null)
  }
  override set(_sid: string, _session: session.SessionData, callback?: (error?: unknown) => void) {
    setImmediate(callback ?? (() => {}))
  }
  override destroy(_sid: string, callback?: (error?: unknown) => void) {
    setImmediate(callback ?? (() => {}))
  }
}

const ms = (value: number) => `${value.toFixed(2)} ms`
const poll = await pollCost()
console.log(`poll, 500 exchanges, CPU of server and client together (a file: ${ms(poll.bare)})`)
console.log(`  nothing new (204)  ${ms(poll.unchanged)}`)
console.log(`  the whole panel    ${ms(poll.full)}  (${Math.round(poll.length / 1024)} KiB)`)
console.log(`  request and panel  ${ms(poll.changed)}`)
for (const storeUrl of ['memory:', 'sqlite:']) {
  const cost = await peekCost(storeUrl)
  console.log(
    `1000 peeks, ${storeUrl} ${ms(cost[1_000] ?? 0)} among 1e3 sessions, ${ms(cost[100_000] ?? 0)} among 1e5`,
  )
}
const { marks, kept } = await memory()
console.log(`heap in MB after 0, 20 000, … 100 000 requests: ${marks.join(', ')} (${kept} exchanges kept)`)
