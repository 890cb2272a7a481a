import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { within } from './limit.ts'
import { killGroup, startProcess } from './own-process.ts'
import type { FromChild, SubjectModule, ToChild } from './protocol.ts'
import { claimLimit } from './run-claim.ts'
import type { Place } from './subject.ts'

/** ms until a subject with its server stands. */
const readyLimit = 90_000
/** ms that a process may be silent beyond the limit of a claim; then it is taken to be blocked. */
const grace = 30_000
const endLimit = 10_000 // ms

/** The talk with the process of a subject. */
export interface Talk {
  /** What lies behind the store, as its subject tells it. */
  behind: string | null
  /** Runs claims together. `gone` tells how the process ended in the middle of it. */
  ask(ids: readonly string[]): Promise<Extract<FromChild, { found: unknown }> | { gone: string }>
  /** Ends the subject and its process. */
  end(): Promise<void>
}

/** @throws Error when the subject cannot be made, and why */
export async function startTalk(from: SubjectModule, place: Place): Promise<Talk> {
  const child = startProcess('./child.ts', [from, place])
  const gone = howItEnds(child)
  const send = (message: ToChild) => child.send(message, () => {}) // an ended process is told by `gone`
  const next = () => once(child, 'message').then(([message]) => message as FromChild)

  const first = await within(readyLimit, Promise.race([next(), gone]), 'the start').catch(
    (error: Error) => error.message,
  )
  if (typeof first === 'string' || !('ready' in first)) {
    killGroup(child)
    throw new Error(
      typeof first === 'string' ? first : 'failed' in first ? first.failed : 'no word that it is ready',
    )
  }
  return {
    behind: first.ready.behind,
    async ask(ids) {
      const answer = next()
      send({ run: ids })
      const seconds = (claimLimit + grace) / 1000
      const said = await within(claimLimit + grace, Promise.race([answer, gone]), 'a claim').catch(
        () => `it was blocked for ${seconds} s`,
      )
      if (typeof said !== 'string' && 'found' in said) return said
      killGroup(child)
      return { gone: typeof said === 'string' ? said : 'it told something else' }
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
