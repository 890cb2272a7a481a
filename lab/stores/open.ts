import { join } from 'node:path'
import { Trouble } from '../words.ts'
import { guard } from './guard.ts'
import type { OpenStore } from './store.ts'

/**
 * Opens the store that `SESSION_STORE` names: `sqlite:` (default, a file of its own for each app in `folder`),
 * `sqlite:/some/folder` or `memory:`. The library behind it is loaded only then.
 * @throws Trouble when the name is none of these
 */
export async function openStore(url: string, folder: string, name: string): Promise<OpenStore> {
  const opened = await openBackend(url, folder, name)
  return { ...opened, store: guard(opened.store, name) }
}

async function openBackend(url: string, folder: string, name: string): Promise<OpenStore> {
  if (url === 'memory:') return (await import('./memory.ts')).openMemory()
  if (url.startsWith('sqlite:')) {
    const { openSqlite } = await import('./sqlite.ts')
    return openSqlite(join(url.slice('sqlite:'.length) || folder, `${name}.sqlite`))
  }
  throw new Trouble({
    ja: `SESSION_STORE=${url} はわかりません。使えるのは: sqlite:(既定)、sqlite:フォルダー、memory:`,
    en: `SESSION_STORE=${url} is not known. There are: sqlite: (default), sqlite:FOLDER, memory:`,
  })
}
