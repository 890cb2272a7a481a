import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where programs of these names would be: in the folders of the PATH, then in the `others`, name after name. */
export function candidates(names: readonly string[], others: readonly string[] = []): string[] {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter).filter(Boolean), ...others]
  const ending = process.platform === 'win32' ? '.exe' : ''
  return names.flatMap((name) => folders.map((folder) => join(folder, name + ending)))
}

/** The first of these files that can be run; undefined when there is none. */
export const firstExecutable = (files: readonly string[]): string | undefined =>
  files.find((file) => {
    try {
      accessSync(file, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
