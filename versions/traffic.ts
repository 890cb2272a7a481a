import { AsyncLocalStorage } from 'node:async_hooks'
import { ChildProcess } from 'node:child_process'
import type { IncomingMessage, ServerResponse } from 'node:http'
import net from 'node:net'

/** A request that came from outside to a server of a claim, with its response. */
export interface Passed {
  /** Where it arrived. */
  port: number
  /** ms since the claim began: when it arrived, when the head of its response left, and when that was over. */
  at: number
  headAt: number | undefined
  end: number | undefined
  method: string
  url: string
  /** Names and values in turn, as they arrived. */
  headers: readonly string[]
  body: Buffer
  status: number
  /** The head of the response as it left, line by line. */
  head: string
  answer: Buffer
}

/** Something else that the claim did to what it looks at, as setting a delay. */
export interface Done {
  at: number
  name: string
  args: readonly unknown[]
}

/** All that passed the servers of one claim. */
export interface Traffic {
  begin: number
  servers: net.Server[]
  passed: Passed[]
  done: Done[]
  /** It has started a process of its own: what that does is not seen here. */
  startsProcess: boolean
  /** Ports from which a server of the claim itself asks another one, as a proxy does. */
  inner: Set<number>
}

const claims = new AsyncLocalStorage<Traffic>()
const answering = new AsyncLocalStorage<Traffic>()
const owners = new WeakMap<net.Server, Traffic>()

/** Runs a claim, and keeps what passes the servers that it starts; `watchServers` has to be called before. */
export async function withTraffic<T>(work: (traffic: Traffic) => Promise<T>): Promise<T> {
  const traffic: Traffic = {
    begin: performance.now(),
    servers: [],
    passed: [],
    done: [],
    startsProcess: false,
    inner: new Set(),
  }
  return claims.run(traffic, () => work(traffic))
}

/** ms since a claim began. */
export const sinceBegin = ({ begin }: Traffic): number => performance.now() - begin

type Method<Self> = (this: Self, ...args: unknown[]) => unknown

/** Puts a method around one of the same name. */
function around<Self extends object>(
  prototype: Self,
  name: string,
  outer: (inner: Method<Self>) => Method<Self>,
) {
  const methods = prototype as unknown as Record<string, Method<Self>>
  const inner = methods[name]
  if (inner) methods[name] = outer(inner)
}

/** From here on servers and processes are known by the claim that starts them. Once for a process. */
export function watchServers(): void {
  around(
    net.Server.prototype,
    'listen',
    (listen) =>
      function (...args) {
        const traffic = claims.getStore()
        if (traffic && !owners.has(this)) {
          owners.set(this, traffic)
          traffic.servers.push(this)
        }
        return listen.apply(this, args)
      },
  )
  around(
    net.Server.prototype,
    'emit',
    (emit) =>
      function (...args) {
        const traffic = args[0] === 'request' ? owners.get(this) : undefined
        if (!traffic) return emit.apply(this, args)
        const [, req, res] = args as [string, IncomingMessage, ServerResponse]
        const isInner = traffic.inner.has(req.socket.remotePort ?? 0)
        if (!isInner && isOfTheApp(req)) keep(traffic, req, res)
        return answering.run(traffic, () => emit.apply(this, args))
      },
  )
  around(
    net.Socket.prototype,
    'connect',
    (connect) =>
      function (...args) {
        const traffic = answering.getStore()
        if (traffic) this.once('connect', () => traffic.inner.add(this.localPort ?? 0))
        return connect.apply(this, args)
      },
  )
  around(
    ChildProcess.prototype,
    'spawn',
    (spawn) =>
      function (...args) {
        const traffic = claims.getStore()
        if (traffic) traffic.startsProcess = true
        return spawn.apply(this, args)
      },
  )
}

/** A browser fetches the icon whenever it gets to it, and what the lab answers is not the app's. */
const isOfTheApp = ({ url = '' }: IncomingMessage) => url !== '/favicon.ico' && !url.startsWith('/__lab/')

/** What arrives and leaves is read beside the app: nothing is taken from it. */
function keep(traffic: Traffic, req: IncomingMessage, res: ServerResponse) {
  const [body, answer] = [[] as Buffer[], [] as Buffer[]]
  const passed: Passed = {
    ...{ port: req.socket.localPort ?? 0, at: sinceBegin(traffic) },
    ...{ headAt: undefined, end: undefined },
    ...{ method: req.method ?? '', url: req.url ?? '', headers: req.rawHeaders },
    ...{ body: Buffer.alloc(0), status: 0, head: '', answer: Buffer.alloc(0) },
  }
  traffic.passed.push(passed)
  const { push } = req
  req.push = (chunk: unknown, encoding) => {
    if (chunk) body.push(Buffer.from(chunk as Uint8Array))
    return push.call(req, chunk, encoding)
  }
  const { write, end, writeHead } = res
  res.writeHead = ((...args: unknown[]) => {
    passed.headAt ??= sinceBegin(traffic)
    return writeHead.apply(res, args as never)
  }) as typeof writeHead
  const add = (chunk: unknown, encoding: unknown) => {
    if (typeof chunk === 'string')
      answer.push(Buffer.from(chunk, (typeof encoding === 'string' ? encoding : 'utf8') as BufferEncoding))
    else if (chunk instanceof Uint8Array) answer.push(Buffer.from(chunk))
  }
  res.write = ((...args: [unknown, unknown]) => {
    add(...args)
    return write.apply(res, args as never)
  }) as typeof write
  res.end = ((...args: [unknown, unknown]) => {
    add(...args)
    return end.apply(res, args as never)
  }) as typeof end
  res.once('close', () => {
    Object.assign(passed, {
      ...{ end: sinceBegin(traffic), status: res.statusCode },
      head: (res as unknown as { _header: string | null })._header ?? '',
      ...{ body: Buffer.concat(body), answer: Buffer.concat(answer) },
    })
  })
}

/** The ports on which the claim's servers listen, numbered in the order in which they began. */
export function portsOf({ servers }: Traffic): ReadonlyMap<number, number> {
  const ports = servers.flatMap((server) => {
    const address = server.address()
    return address && typeof address === 'object' ? [address.port] : []
  })
  return new Map([...new Set(ports)].map((port, number) => [port, number]))
}
