import { renameSync, rmSync, writeFileSync } from 'node:fs'

const soon = 500 // ms after something new

/**
 * Keeps a file current: written at most every half second, and whole at any time, so that whoever is killed leaves the
 * last one.
 * @param text what the file shall hold now
 */
export function keepReport(file: string, text: () => string) {
  let timer: NodeJS.Timeout | undefined
  function write() {
    clearTimeout(timer)
    timer = undefined
    const fresh = `${file}.${process.pid}.tmp`
    try {
      writeFileSync(fresh, text())
      renameSync(fresh, file)
    } catch (error) {
      rmSync(fresh, { force: true })
      throw error
    }
  }
  return {
    /** There is something new. */
    changed() {
      timer ??= setTimeout(() => {
        try {
          write()
        } catch (error) {
          process.stderr.write(`express-session-inspector: ${(error as Error).message}\n`)
        }
      }, soon)
    },
    /** Writes it now. @throws Error when the file cannot be written */
    write,
  }
}
