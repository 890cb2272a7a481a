import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const matrixFolder = fileURLToPath(new URL('.', import.meta.url))
export const resultsFile = join(matrixFolder, 'results.json')

/** Where a store has its adapter and its dependencies: `@scope/name` lies in `scope__name`. */
export const folderOf = (name: string): string =>
  join(matrixFolder, 'stores', name.replace(/^@/, '').replace('/', '__'))
