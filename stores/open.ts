import { join } from 'node:path'
import { Trouble } from '../words.ts'
import { guard } from './guard.ts'
import type { OpenStore } from './store.ts'

/** ms that a server may take for one call on the store: the request has to be answered within 2 s. */
const limit = 1_500

/**
 * Opens the store that `SESSION_STORE` names: `sqlite:` (default, a file of its own for each app in `folder`),
 * `sqlite:/some/folder`, `memory:`, `redis://HOST:PORT` or `postgres://USER:PASSWORD@HOST:PORT/DATABASE`. The library
 * behind it is loaded only then. A server that is away is no error here: the requests that need it get one.
 * @throws Trouble when the name is none of these
 */
export async function openStore(url: string, folder: string, name: string): Promise<OpenStore> {
  const isRemote = /^(redis|postgres)/.test(url)
  const opened = await openBackend(url, folder, name)
  return { ...opened, store: guard(opened.store, name, isRemote ? limit : undefined) }
}

async function openBackend(url: string, folder: string, name: string): Promise<OpenStore> {
  if (url === 'memory:') return (await import('./memory.ts')).openMemory()
  if (url.startsWith('sqlite:')) {
    const { openSqlite } = await import('./sqlite.ts')
    return openSqlite(join(url.slice('sqlite:'.length) || folder, `${name}.sqlite`))
  }
  if (/^rediss?:\/\/[^/]/.test(url) && URL.canParse(url)) {
    return (await import('./redis.ts')).openRedis(url, name)
  }
  if (/^postgres(ql)?:\/\/[^/]/.test(url) && URL.canParse(url)) {
    return (await import('./postgres.ts')).openPostgres(url, name)
  }
  const shown = url.replace(/\/\/[^@/]*@/, '//…@') // no password in the terminal
  const known = 'memory:, redis:, postgres:, redis://HOST:PORT, postgres://USER:PASSWORD@HOST:PORT/DATABASE'
  throw new Trouble({
    ja: `SESSION_STORE=${shown} はわかりません。使えるのは: sqlite:(既定)、sqlite:フォルダー、${known.replaceAll(', ', '、')}`,
    en: `SESSION_STORE=${shown} is not known. There are: sqlite: (default), sqlite:FOLDER, ${known}`,
  })
}
