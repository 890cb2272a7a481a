import { lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, win32 } from 'node:path'

const isPipe = process.platform === 'win32'

/** Where what is left for the hub of this address lies, and how its names begin. */
const placeOf = (address: string) =>
  isPipe
    ? { folder: tmpdir(), start: `${win32.basename(address)}.` }
    : { folder: dirname(dirname(address)), start: `${basename(dirname(address))}.` }

const end = '.left'

/**
 * Leaves lines for the hub of this address in a file that this user alone can read: a process that ends before it has
 * reached its hub cannot wait for it. @throws Error when it cannot be written
 */
export function leaveBehind(address: string, lines: string): void {
  const { folder, start } = placeOf(address)
  writeFileSync(join(folder, `${start}${process.pid}${end}`), lines, { flag: 'wx', mode: 0o600 })
}

/** Takes what processes have left for the hub of this address, one text for each; what another user wrote stays. */
export function takeLeft(address: string): string[] {
  const { folder, start } = placeOf(address)
  const files = readdirSync(folder).filter((name) => name.startsWith(start) && name.endsWith(end))
  return files.flatMap((name) => {
    const file = join(folder, name)
    const status = lstatSync(file, { throwIfNoEntry: false })
    if (!status?.isFile() || (!isPipe && status.uid !== process.getuid?.())) return []
    const lines = readFileSync(file, 'utf8')
    rmSync(file)
    return [lines]
  })
}
