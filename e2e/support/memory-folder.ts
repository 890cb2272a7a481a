import { accessSync, constants, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

const memory = '/dev/shm'
const enough = 1 << 30 // bytes: a container may have 64 MB of it, which a browser shares

/**
 * Where a test keeps files that only it reads: in memory where the system has a folder for that, else among the temporary
 * ones. A database that each test makes anew would wait for the disk ten times as long as it works.
 */
export const memoryFolder: string = isThere() ? memory : tmpdir()

function isThere(): boolean {
  try {
    accessSync(memory, constants.W_OK)
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize >= enough
  } catch {
    return false
  }
}
