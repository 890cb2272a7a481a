import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openLab } from '../lab/lab.ts'
import { listen } from '../lab/listen.ts'
import { root } from '../lab/places.ts'
import { startPostgres } from '../lab/servers/postgres.ts'
import type { Server } from '../lab/servers/program.ts'
import { startRedis } from '../lab/servers/redis.ts'
import { reportTrouble, Trouble } from '../lab/words.ts'

/*
 * Is a session lost, or taken for another, when a process is killed? Counts, not speed: two processes, one address,
 * and half way through one of them gets SIGKILL.
 */

const usage = `npm run bench:cluster -- [options]

  --store <url>      redis:(既定)とpostgres:は、サーバーを一時的に起動する
                     / redis: (default) and postgres: start a server of their own; also redis://…, postgres://…, sqlite:, memory:
  --requests <n>     要求の数(既定は10000) / requests (default 10000)
  --sessions <n>     セッションの数(既定は100) / sessions (default 100)
  --connections <n>  同時に届く要求の数(既定は20) / requests at a time (default 20)
  --variant <name>   four: プロセスを4つにする / four processes
`

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        store: { type: 'string', default: 'redis:' },
        requests: { type: 'string', default: '10000' },
        sessions: { type: 'string', default: '100' },
        connections: { type: 'string', default: '20' },
        variant: { type: 'string', default: 'app' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    const [requests, sessions, connections] = (['requests', 'sessions', 'connections'] as const).map(
      (name) => {
        const value = Number(values[name])
        if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} ${values[name]}`)
        return value
      },
    ) as [number, number, number]
    return { ...values, requests, sessions, connections }
  } catch (error) {
    throw new Trouble({
      ja: `引数を読めません(${(error as Error).message})。\n\n${usage}`,
      en: `Cannot read the arguments (${(error as Error).message}).`,
    })
  }
}

/** One visitor with one session. */
interface Visitor {
  user: string
  cookie: string
  /** The last count that was shown to them. */
  views: number
  answers: number
}

interface Counts {
  answers: number
  /** Pages that did not know the visitor. */
  lost: number
  /** Pages that took the visitor for another. */
  wrong: number
  /** Pages that told no more visits than before: the write of one before had failed. */
  forgotten: number
  /** Requests that were answered with an error, or not to the end; the visitor sent them again. */
  repeated: number
}

async function send(port: number, agent: Agent, path: string, cookie: string, form?: string) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>((resolve, reject) => {
    const sending = request({
      port,
      agent,
      path,
      method: form === undefined ? 'GET' : 'POST',
      headers: {
        cookie,
        ...(form !== undefined && {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': form.length,
        }),
      },
    })
    sending.once('error', reject)
    sending.once('response', (answer) => {
      let body = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => {
        body += chunk
      })
      answer.once('error', reject)
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }))
    })
    sending.end(form)
  })
}

const cookieOf = (headers: IncomingHttpHeaders) => headers['set-cookie']?.[0]?.split(';')[0]

/** One visit, sent again until it is answered. */
async function visit(port: number, agent: Agent, visitor: Visitor, counts: Counts) {
  for (;;) {
    const answer = await send(port, agent, '/', visitor.cookie).catch(() => undefined)
    if (answer?.status !== 200) {
      counts.repeated++
      continue
    }
    counts.answers++
    visitor.answers++
    visitor.cookie = cookieOf(answer.headers) ?? visitor.cookie
    const user = /hello, ([^!]*)!/.exec(answer.body)?.[1]
    const views = Number(/aria-label="views">(\d+)</.exec(answer.body)?.[1])
    if (user !== undefined && user !== visitor.user) counts.wrong++
    else if (user === undefined) counts.lost++
    else if (views <= visitor.views) counts.forgotten++
    visitor.views = Math.max(visitor.views, views || 0)
    return
  }
}

/** The server that the store needs, where it has to be one of our own. */
async function startServer(store: string, folder: string): Promise<Server | undefined> {
  if (store === 'redis:') return startRedis(folder)
  if (store === 'postgres:') return startPostgres(folder)
  return undefined
}

async function main() {
  const { store, requests, sessions, connections, variant, help } = readArguments()
  if (help) return console.log(usage)
  process.chdir(root)
  const folder = mkdtempSync(join(tmpdir(), 'lab-cluster-'))
  const serverFolder = mkdtempSync(join(tmpdir(), 'lab-server-'))
  const server = await startServer(store, serverFolder)
  const lab = await openLab({
    slug: 'cluster',
    variant,
    secret: ['a bench, for its own time only: 0123456789'],
    storeUrl: server?.url ?? store,
    folder,
    hasLabPages: false,
  })
  const [site] = lab.sites
  const replicas = lab.replicas()
  const listening = site && (await listen(site.handler, 0, ['127.0.0.1']))
  if (!site || !replicas || !listening) throw new Error('no free port, or no processes')
  const { port } = listening
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  try {
    const visitors: Visitor[] = []
    for (let n = 0; n < sessions; n++) {
      const user = `visitor-${n}`
      const { headers } = await send(port, agent, '/login', '', `user=${user}`)
      visitors.push({ user, cookie: cookieOf(headers) ?? '', views: 0, answers: 0 })
    }
    const before = replicas.list()
    console.log(`${store}  ${before.map(({ place, pid }) => `${place}: pid ${pid}`).join(', ')}`)

    const victim = before[0]?.pid ?? 0
    const counts: Counts = { answers: 0, lost: 0, wrong: 0, forgotten: 0, repeated: 0 }
    let sent = 0
    let killedAt: number | undefined
    const began = performance.now()
    /** Goes round with some of the visitors: each of them waits for an answer before the next request. */
    async function goRound(own: readonly Visitor[]) {
      for (let turn = 0; own.length > 0; turn++) {
        const visitor = own[turn % own.length]
        if (!visitor || sent >= requests) return
        if (++sent === Math.floor(requests / 2)) {
          process.kill(victim, 'SIGKILL') // from outside: the front is not told
          killedAt = counts.answers
        }
        await visit(port, agent, visitor, counts)
      }
    }
    await Promise.all(
      Array.from({ length: connections }, (_, lane) =>
        goRound(visitors.filter((_visitor, index) => index % connections === lane)),
      ),
    )
    const seconds = (performance.now() - began) / 1000

    // what lies in the store at the end
    const rows = (await site.store.rows(sessions * 2)).map(
      ({ data }) => JSON.parse(data) as { user?: string; views?: number },
    )
    const views = new Map(rows.map((row) => [row.user, row.views ?? 0]))
    const missing = visitors.filter(({ user }) => !views.has(user)).length
    const twice = visitors.reduce(
      (sum, { user, answers }) => sum + Math.max(0, (views.get(user) ?? 0) - answers),
      0,
    )

    const lines: [string, number][] = [
      ['要求 / requests', sent],
      ['答え / answers', counts.answers],
      ['終わらせたときまでの答え / answers before the kill', killedAt ?? 0],
      ['ほかのプロセスに渡された要求 / given to another process', replicas.handedOn()],
      ['訪問者が送り直した要求 / sent again by the visitor', counts.repeated],
      ['2度数えられた訪問 / visits counted twice', twice],
      ['忘れられた訪問 / visits forgotten (pages)', counts.forgotten],
      ['失われたセッション / lost sessions (pages)', counts.lost],
      ['取り違えたセッション / wrong sessions (pages)', counts.wrong],
      ['ストアにないセッション / sessions that are not in the store', missing],
    ]
    for (const [what, number] of lines) console.log(`${String(number).padStart(7)}  ${what}`)
    for (const { place, pid, state, answered } of replicas.list()) {
      console.log(`         ${place}: pid ${pid} ${state}, ${answered} answers`)
    }
    console.log(`         ${seconds.toFixed(1)} s`)
    if (counts.lost + counts.wrong + missing > 0) process.exitCode = 1
  } finally {
    agent.destroy()
    await listening.close()
    await lab.close()
    await server?.stop()
    for (const made of [folder, serverFolder]) rmSync(made, { recursive: true, force: true })
  }
}

await main().catch(reportTrouble)
