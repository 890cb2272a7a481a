import { reportTrouble } from './words.ts'

const patience = 3_000 // ms to close what is open; the rest ends with the process

const opened: (() => unknown)[] = []
let isEnding = false

/** Has something closed before this process ends: what was opened last goes first. */
export function closeAtEnd(close: () => unknown): void {
  opened.push(close)
}

/** Closes what is open and ends this process. The first call decides the exit code. */
async function end(code: number): Promise<void> {
  if (isEnding) return
  isEnding = true
  if (opened.length > 0) setTimeout(() => process.exit(code), patience)
  for (let close = opened.pop(); close; close = opened.pop()) {
    try {
      await close()
    } catch (problem) {
      console.error(problem)
    }
  }
  process.exit(code)
}

function fail(problem: unknown) {
  if (isEnding) return // closing one thing may well be an error to another
  reportTrouble(problem)
  return end(1)
}

/**
 * Runs a command that leaves things open. However it ends, they are closed first: Ctrl+C, a terminal that is closed and
 * SIGTERM end it with code 0; a failure, of `main` or of anything later, is printed and ends it with code 1.
 */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  isEnding = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0))
  process.on('uncaughtException', (problem) => void fail(problem))
  await main().catch(fail)
}
