import { spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { leaveBehind } from './left-behind.ts'
import { type FromProcess, readLines, type ToProcess } from './messages.ts'

export interface LinkOptions {
  /** The hub's socket (a named pipe on Windows). */
  address: string
  /** The file that runs a hub, for when none is there yet. */
  hub: string
  /** What is said first to each hub. */
  hello(): FromProcess
  onMessage(message: ToProcess): void
}

export interface Link {
  /** Sends a message when what is under way is over; the order is kept. */
  send(message: FromProcess): void
  /** Sends a line about `one` then: once, however often it was wanted, with what is so by then. */
  sendLatest<T extends Waiting>(one: T, line: (one: T) => string): void
}

/** What there may be news of. */
export interface Waiting {
  /** Whether the next packet says it. */
  isWaiting?: boolean
}

const retry = 50 // ms
const patience = 10_000 // ms in which a hub has to be there
const busy = 100 // ms between two packets of a process that has much to say
const mostWaiting = 32_000_000 // bytes that may wait for a hub which does not read

/** Nobody else may have made the folder of the socket: what a session holds would go to them. */
function isOurs(address: string): boolean {
  if (process.platform === 'win32') return true
  const folder = statSync(dirname(address), { throwIfNoEntry: false })
  return !folder || (folder.uid === process.getuid?.() && (folder.mode & 0o077) === 0)
}

/** Connects this process with its hub. Nothing of it keeps the process alive, and no failure of it reaches the app. */
export function openLink({ address, hub, hello, onMessage }: LinkOptions): Link {
  /** The lines of the next packet. Not a Map: it would keep all that it ever held until the next full collection. */
  let waiting: (() => string)[] = []
  let since = Date.now()
  let socket: Socket | undefined
  let early = `${JSON.stringify(hello())}\n`
  let isPlanned = false
  let lastFlush = 0
  let isOver = false
  let hasSpawned = false

  function open() {
    if (!isOurs(address)) return end()
    const attempt = connect(address)
    attempt.unref()
    attempt.setEncoding('utf8')
    const read = readLines((line) => onMessage(JSON.parse(line) as ToProcess))
    attempt.on('data', (chunk) => read(String(chunk)))
    attempt.on('connect', () => {
      socket = attempt
      attempt.write(early)
      early = ''
    })
    attempt.on('error', () => {})
    attempt.on('close', () => {
      if (Date.now() - since > patience) return end()
      if (socket) lose()
      if (!hasSpawned) startHub()
      setTimeout(open, retry).unref()
    })
  }

  /** The hub is gone: what comes from now on is told to a new one. */
  function lose() {
    socket = undefined
    since = Date.now()
    hasSpawned = false
    early = `${JSON.stringify(hello())}\n`
  }

  function startHub() {
    hasSpawned = true
    const { NODE_OPTIONS: _, ...env } = process.env
    const child = spawn(process.execPath, [hub, address], {
      detached: true,
      stdio: 'ignore',
      env,
      windowsHide: true,
    })
    child.on('error', () => {})
    child.unref()
  }

  function end() {
    isOver = true
    waiting = []
    early = ''
  }

  function flush() {
    isPlanned = false
    if (isOver || waiting.length === 0) return
    lastFlush = performance.now()
    const lines = waiting
    waiting = []
    const text = lines.map(toldBy).join('')
    if (!socket) early = early.length < mostWaiting ? early + text : early
    else if (socket.writableLength < mostWaiting) socket.write(text)
  }

  function add(line: () => string) {
    if (isOver) return
    waiting.push(line)
    if (isPlanned) return
    isPlanned = true
    // (an immediate that is unref'd would wait until something else happens)
    setTimeout(flush, performance.now() - lastFlush > busy ? 1 : busy).unref()
  }

  /** Whoever ends before the hub was there leaves it what it had to tell. */
  function leave() {
    flush()
    if (isOver || socket) return
    try {
      leaveBehind(address, early)
      if (!hasSpawned && !existsSync(address)) startHub()
    } catch {
      // the app ends as it would
    }
  }

  open()
  process.on('exit', leave)
  return {
    send(message) {
      add(() => JSON.stringify(message))
    },
    sendLatest(one, line) {
      if (one.isWaiting) return
      one.isWaiting = true
      add(() => {
        one.isWaiting = false
        return line(one)
      })
    },
  }
}

/** What cannot be told is left out: the app goes on. */
function toldBy(line: () => string): string {
  try {
    return `${line()}\n`
  } catch {
    return ''
  }
}
