import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Location } from './adapter.ts'
import { within } from './limit.ts'
import { Unusable } from './load.ts'
import { killGroup, startProcess } from './own-process.ts'
import type { AdapterModule, FromChild, ToChild } from './protocol.ts'
import { claimLimit } from './run-claim.ts'

/** ms until an adapter and its server are ready. */
const readyLimit = 90_000
/** ms that a process may be silent beyond the limit of a claim; then it is taken to be blocked. */
const grace = 30_000
const endLimit = 10_000 // ms

/** The process of an adapter, as its parent talks to it. */
export interface AdapterProcess {
  /** What lies behind the store, as its adapter says. */
  behind: string | null
  /** Runs claims together. `gone` says how the process ended meanwhile. */
  ask(ids: readonly string[]): Promise<Extract<FromChild, { found: unknown }> | { gone: string }>
  /** Ends the adapter and its process. */
  end(): Promise<void>
}

/** @throws Unusable, or Error with how its process ended, when the adapter cannot be made */
export async function startAdapterProcess(from: AdapterModule, location: Location): Promise<AdapterProcess> {
  const child = startProcess('child', from, location)
  const gone = howItEnds(child)
  const send = (message: ToChild) => child.send(message, () => {}) // that it has ended shows by `gone`
  const next = () => once(child, 'message').then(([message]) => message as FromChild)

  const first = await within(readyLimit, Promise.race([next(), gone]), 'the start').catch(
    (error: Error) => error.message,
  )
  if (typeof first === 'string' || !('ready' in first)) {
    killGroup(child)
    if (typeof first !== 'string' && 'failed' in first) throw new Unusable(first.failed)
    throw new Error(typeof first === 'string' ? first : 'no word that it is ready')
  }
  return {
    behind: first.ready.behind,
    async ask(ids) {
      const answer = next()
      send({ run: ids })
      const seconds = (claimLimit + grace) / 1000
      const reply = await within(claimLimit + grace, Promise.race([answer, gone]), 'a claim').catch(
        () => `it was blocked for ${seconds} s`,
      )
      if (typeof reply !== 'string' && 'found' in reply) return reply
      killGroup(child)
      return { gone: typeof reply === 'string' ? reply : 'it sent another message' }
    },
    async end() {
      send('end')
      await within(endLimit, gone, 'the end').catch(() => {})
      killGroup(child)
    },
  }
}

/** How a process ends, in a few words, with the last of what it printed on standard error. */
function howItEnds(child: ChildProcess): Promise<string> {
  let printed = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    printed = (printed + chunk).slice(-2_000)
  })
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      const last = /^\w*Error.*$/m.exec(printed)?.[0] ?? printed.trim().split('\n').at(-1) ?? ''
      resolve(`ended with ${signal ?? code}${last && `: ${last.slice(0, 200)}`}`)
    })
  })
}
