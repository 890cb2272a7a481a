import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Trouble } from './words.ts'

/** The project's own folder. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * The folder for databases and secrets made at run time: `LAB_VAR`, else `var/` in the project.
 * Makes it when it is missing.
 * @throws Trouble when it cannot be written to
 */
export function varFolder(): string {
  const folder = process.env['LAB_VAR'] || join(root, 'var')
  const probe = join(folder, `.write-test-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (cause) {
    const why = (cause as Error).message
    throw new Trouble({
      ja: `${folder} に書き込めません(${why})。権限を直すか、環境変数LAB_VARで別のフォルダーを指定してください。`,
      en: `Cannot write to ${folder} (${why}). Fix its permissions, or name another folder in the environment variable LAB_VAR.`,
    })
  }
  return folder
}
