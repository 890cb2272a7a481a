import { renameSync, rmSync, writeFileSync } from 'node:fs'

/** Writes a file that is whole at any time: whoever is killed leaves the last one. @throws Error when it cannot be written */
export function writeWhole(file: string, text: string): void {
  const fresh = `${file}.${process.pid}.tmp`
  try {
    writeFileSync(fresh, text)
    renameSync(fresh, file)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  }
}
