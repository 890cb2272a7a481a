import Module from 'node:module'
import { dirname } from 'node:path'
import { format } from 'node:util'
import { compileFunction } from 'node:vm'
import type { Store } from 'express-session'
import type { SessionCall } from '../exchange.ts'
import { placeInApp } from './call-place.ts'
import { watchJestModules } from './jest.ts'
import { watchMissedSession } from './missed-session.ts'
import { noteRefusedRow } from './refused-row.ts'
import { currentExchange, currentRun, noteDebugLine } from './running.ts'
import { secretsOf } from './secrets.ts'
import { watchStore } from './store.ts'

type Any = (this: unknown, ...args: unknown[]) => unknown
type Compile = (this: NodeModule, content: string, filename: string, ...rest: unknown[]) => unknown

/** Who wants to know what express-session is told. */
export interface SessionListener {
  /** session() was called; again when more is known of the call. */
  onSession(call: SessionCall): void
  /** A store was met that express-session will call. */
  onStore(store: Store): void
}

const mostCalls = 200 // of session() that are kept: an app may call it again and again

let calls: SessionCall[] = []

/** The newest calls of session() in this process, oldest first; each gets more exact as more is known of it. */
export const sessionCalls = (): readonly SessionCall[] => calls

/** Every copy of express-session says this of itself, wherever it lies. */
const isExpressSession = (content: string) => content.includes("('debug')('express-session')")

let listener: SessionListener | undefined
let count = 0
let before: readonly string[] = []

/** The copies of express-session that had been loaded before they could be watched, by their files. */
export const loadedBefore = (): readonly string[] => before

/** It is CommonJS: also what `import` has loaded is here, and from its linking on what it is about to load. */
const loadedByNow = () =>
  Object.entries(Module.createRequire(import.meta.url).cache).flatMap(([file, module]) =>
    module?.loaded && /[\\/]express-session[\\/]index\.js$/.test(file) ? [file] : [],
  )
let isHooked = false

/**
 * Watches express-session from its loading on: each copy's debug lines go to the exchange whose code is running, and
 * `listening` learns of each session() call. Copies that have been loaded before are not seen.
 *
 * express-session is CommonJS, and also `import` takes CommonJS through Node's loader that compiles it here. What an
 * app gets has the name, length, prototype and properties of the original.
 */
export function watchExpressSession(listening?: SessionListener): void {
  listener = listening
  if (isHooked) return
  isHooked = true
  before = loadedByNow()
  watchMissedSession()
  const prototype = Module.prototype as unknown as { _compile: Compile }
  const compile = prototype._compile
  prototype._compile = function (content, filename, ...rest) {
    const isIt = typeof content === 'string' && filename.endsWith('index.js') && isExpressSession(content)
    if (!isIt) return compile.call(this, content, filename, ...rest)
    this.require = tappedRequire(this.require, this)
    const result = compile.call(this, content, filename, ...rest)
    this.exports = frontOfSession(this.exports, filename)
    return result
  }
  watchJestModules({
    isWanted: isExpressSession,
    load(module, make) {
      make(tappedRequire(module.require, module))
      module.exports = frontOfSession(module.exports, module.filename)
    },
  })
}

/** Lets the module's own `debug` say its lines here first; whoever set DEBUG goes on seeing them. */
function tappedRequire(load: NodeModule['require'], module: NodeModule): NodeModule['require'] {
  return Object.assign((id: string) => {
    const loaded: unknown = load.call(module, id)
    return id === 'debug' && typeof loaded === 'function' ? tapped(loaded as Any) : loaded
  }, load)
}

const tapped = (debug: Any): Any =>
  Object.assign((namespace: unknown) => {
    const log = debug(namespace) as Any
    return Object.assign((...args: unknown[]) => {
      const exchange = currentExchange()
      if (exchange) noteDebugLine(exchange, textOf(args))
      log(...args)
    }, log)
  }, debug)

/** `format` for what express-session says: mostly one text with one place at its end. */
function textOf(args: readonly unknown[]): string {
  const [text, value] = args
  if (args.length === 1 && typeof text === 'string') return text
  const isPlain = args.length === 2 && typeof text === 'string' && typeof value === 'string'
  return isPlain && text.indexOf('%') === text.length - 2 && text.endsWith('%s')
    ? text.slice(0, -2) + value
    : format(...args)
}

/**
 * `original` with `before` and `after` around it. Its code belongs to `filename`: whoever looks for the caller in the
 * stack (depd, for "provide resave option at …") finds the app's line, as without it.
 */
function frontOf<State>(
  original: Any,
  filename: string,
  before: (self: unknown, args: ArrayLike<unknown>) => State,
  after: (result: unknown, state: State) => unknown,
): Any {
  const front = compileFunction(
    'return function () { const state = before(this, arguments); return after(original.apply(this, arguments), state) }',
    ['original', 'before', 'after'],
    { filename },
  )(original, before, after) as Any
  Object.setPrototypeOf(front, Object.getPrototypeOf(original))
  Object.defineProperties(front, Object.getOwnPropertyDescriptors(original))
  return front
}

function frontOfSession(session: unknown, filename: string): unknown {
  if (typeof session !== 'function') return session
  const copy: Copy = { version: versionOf(filename), memory: Reflect.get(session, 'MemoryStore') }
  return frontOf(
    session as Any,
    filename,
    (_, args) => args[0],
    (middleware, options) =>
      typeof middleware === 'function'
        ? watchMiddleware(middleware as Any, filename, callOf(options, copy))
        : middleware,
  )
}

function versionOf(filename: string): string | undefined {
  try {
    const { version } = Module.createRequire(filename)(`${dirname(filename)}/package.json`) as {
      version?: string
    }
    return version
  } catch {
    return undefined
  }
}

/** One of several copies of express-session in a process. */
interface Copy {
  version: string | undefined
  /** Its MemoryStore. */
  memory: unknown
}

interface Told {
  call: SessionCall
  store: Store | undefined
  copy: Copy
}

function callOf(given: unknown, copy: Copy): Told {
  const options = Object(given) as { [name: string]: unknown; store?: Store }
  const flag = (name: string) => (options[name] === undefined ? undefined : Boolean(options[name]))
  const { store, cookie, unset } = options
  const call: SessionCall = {
    number: ++count,
    pid: process.pid,
    at: Date.now(),
    name: String(options['name'] ?? options['key'] ?? 'connect.sid'),
    store: 0,
    storeName: '',
    cookie: typeof cookie === 'function' ? 'function' : plain(Object(cookie)),
    resave: flag('resave'),
    saveUninitialized: flag('saveUninitialized'),
    rolling: flag('rolling'),
    unset: typeof unset === 'string' ? unset : undefined,
    proxy: flag('proxy'),
    hasGenid: typeof options['genid'] === 'function',
    version: copy.version,
    where: placeInApp(new Error().stack ?? ''),
    secrets: secretsOf(options['secret'], process.env['SESSION_INSPECTOR_HUB'] ?? ''),
    isInProduction: process.env['NODE_ENV'] === 'production',
    rows: 'elsewhere',
    canTouch: false,
  }
  if (store) meet(store, call, copy)
  calls = [...calls.slice(1 - mostCalls), call]
  listener?.onSession(call)
  return { call, store, copy }
}

/** Options as JSON keeps them: a number or date that is none is written as `NaN`. */
const plain = (options: object) =>
  Object.fromEntries(
    Object.entries(options).map(([key, value]) => [
      key,
      (typeof value === 'number' || value instanceof Date) && Number.isNaN(+value)
        ? 'NaN'
        : (value as unknown),
    ]),
  )

function meet(store: Store, call: SessionCall, { memory }: Copy) {
  call.store = watchStore(store)
  listener?.onStore(store)
  call.storeName = store.constructor?.name ?? ''
  const isMemory = typeof memory === 'function' && store instanceof memory
  // the memorystore package calls its class the same
  call.rows = isMemory ? 'memory' : call.storeName === 'MemoryStore' ? 'process' : 'elsewhere'
  call.canTouch = typeof store.touch === 'function'
}

/** Notes which exchanges go through a session() call, and meets the store that session() made itself. */
function watchMiddleware(middleware: Any, filename: string, { call, store, copy }: Told): Any {
  let isMet = store !== undefined
  let isTrustKnown = false
  return frontOf(
    middleware,
    filename,
    (_, args) => {
      const request = args[0] as Asked
      currentRun()?.exchange.sessions.push(call.number)
      if (!isTrustKnown && typeof request.app?.get === 'function') {
        isTrustKnown = true
        const trust = request.app.get('trust proxy')
        call.trustProxy = typeof trust === 'function' ? 'function' : String(trust)
        listener?.onSession(call)
      }
      if (isMet || 'sessionStore' in request) return request
      whenStoreIsSet(request, (own) => {
        isMet = true
        meet(own, call, copy)
        listener?.onSession(call)
      })
      return request
    },
    (result, { sessionStore }) => {
      if (sessionStore) noteRefusedRow(currentRun(), call.name, sessionStore)
      return result
    },
  )
}

/** A request as session() is given it. */
interface Asked {
  app?: { get?(name: string): unknown }
  sessionStore?: Store
}

/** express-session puts its store on a request before it calls it. `on`: one request, or what all of them inherit from. */
export function whenStoreIsSet(on: object, then: (store: Store) => void): void {
  Object.defineProperty(on, 'sessionStore', {
    configurable: true,
    enumerable: true,
    get: () => undefined,
    set(this: object, store: Store) {
      const property = { value: store, writable: true, enumerable: true, configurable: true }
      Object.defineProperty(this, 'sessionStore', property)
      then(store)
    },
  })
}
