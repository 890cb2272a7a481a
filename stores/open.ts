import { join } from 'node:path'
import { Trouble } from '../common/words.ts'
import { guard } from './guard.ts'
import { isServerAddress, shown } from './shown.ts'
import type { OpenStore } from './store.ts'

/** ms that the store calls of one request may take together: the request has to be answered within 2 s. */
const limit = 1_500

/**
 * Opens the store that `SESSION_STORE` names: `sqlite:` (default, a file of its own for each app in `folder`),
 * `sqlite:/some/folder`, `memory:`, `redis://HOST:PORT` or `postgres://USER:PASSWORD@HOST:PORT/DATABASE`. The library
 * behind it is loaded only then. A server that is away is no error here: the requests that need it get one.
 * @throws Trouble when the name is none of these
 */
export async function openStore(url: string, folder: string, name: string): Promise<OpenStore> {
  const opened = await openBackend(url, folder, name)
  return { ...opened, store: guard(opened.store, name, url === 'memory:' ? undefined : limit) }
}

async function openBackend(url: string, folder: string, name: string): Promise<OpenStore> {
  if (url === 'memory:') return (await import('./memory.ts')).openMemory()
  if (url.startsWith('sqlite:')) {
    const { openSqlite } = await import('./sqlite.ts')
    return openSqlite(join(url.slice('sqlite:'.length) || folder, `${name}.sqlite`))
  }
  if (/^(rediss?|postgres(ql)?):\/\//.test(url)) return openServer(url, name)
  const known = 'memory:, redis:, postgres:, redis://HOST:PORT, postgres://USER:PASSWORD@HOST:PORT/DATABASE'
  throw new Trouble({
    ja: `SESSION_STORE=${shown(url)} はわかりません。使えるのは: sqlite:(既定)、sqlite:フォルダー、${known.replaceAll(', ', '、')}`,
    en: `SESSION_STORE=${shown(url)} is not known. There are: sqlite: (default), sqlite:FOLDER, ${known}`,
  })
}

async function openServer(url: string, name: string): Promise<OpenStore> {
  const open = url.startsWith('redis')
    ? (await import('./redis.ts')).openRedis
    : (await import('./postgres.ts')).openPostgres
  try {
    if (isServerAddress(url)) return await open(url, name) // away is no error here: what throws is the reading of it
  } catch {
    // the driver's message is not shown: it may contain a part of the password
  }
  const example = 'postgres://USER:PASSWORD@HOST:PORT/DATABASE'
  throw new Trouble({
    ja: `SESSION_STORE=${shown(url)} のアドレスを読めません。redis://HOST:PORT か ${example} の形で書いてください。ポートは65535までです。ユーザー名とパスワードの中の / @ : # ? % と空白は、%2F %40 %3A %23 %3F %25 %20 と書きます。`,
    en: `The address in SESSION_STORE=${shown(url)} cannot be read. Write redis://HOST:PORT or ${example}, with a port up to 65535. In user and password write / @ : # ? % and a space as %2F %40 %3A %23 %3F %25 %20.`,
  })
}
