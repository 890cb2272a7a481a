import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const sweeper = fileURLToPath(new URL('sweeper.mjs', import.meta.url))

/**
 * Makes a folder that is removed soon after this process has ended, in whatever way: kill -9 leaves none either.
 * @param prefix how its name begins
 */
export function temporaryFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  const { NODE_OPTIONS: _, ...env } = process.env
  const child = spawn(process.execPath, [sweeper, folder], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: process.platform !== 'win32', // what ends all processes of a terminal does not end this one
    windowsHide: true,
  })
  child.once('error', () => {}) // the folder stays: no reason not to work
  child.unref()
  if (child.stdin instanceof Socket) child.stdin.unref()
  return folder
}
