import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A temporary folder for the files of a store, in one where nothing else lies; also a server of another user gets there. */
export function temporaryFolder(): { folder: string; remove(): void } {
  const outer = mkdtempSync(join(tmpdir(), 'store-contract-'))
  chmodSync(outer, 0o711)
  const folder = join(outer, 'store')
  mkdirSync(folder)
  return { folder, remove: () => rmSync(outer, { recursive: true, force: true }) }
}
