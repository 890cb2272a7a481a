import { pathToFileURL } from 'node:url'
import type { Store } from 'express-session'
import type { PeekedRow } from '../model/rows.ts'
import type { LookAtRow } from '../side-looks.ts'
import { asRow } from '../watch/peeks.ts'
import { insideStore, running } from '../watch/running.ts'

type Reader = (store: Store, sid: string) => unknown

/**
 * Looks at rows by a module of the user's, whose default export is given a store and a sid. It gives the session as JSON
 * text, or `{ data, expires }`; null or undefined where there is none. It is loaded when it is first asked for.
 * @param say is told once why it cannot be loaded
 */
export function createFilePeek(file: string, say: (text: string) => void): (store: Store) => LookAtRow {
  let loaded: Promise<Reader | undefined> | undefined
  const load = async () => {
    try {
      return readerOf(await import(pathToFileURL(file).href))
    } catch (error) {
      const { message } = Object(error) as { message?: unknown }
      say(
        `--peekのモジュールを使えません。レコードは呼び出しから推測します。 / the module of --peek cannot be used, rows are inferred from the calls: ${file}: ${message ?? error}`,
      )
      return undefined
    }
  }
  return (store) => async (sid) => {
    loaded ??= load()
    const read = await loaded
    // what it asks of the store is no call of the app's
    return read ? rowOf(await running.run(insideStore, read, store, sid)) : null
  }
}

/** The default export; that of CommonJS that was once TypeScript, too. */
function readerOf(module: { default?: unknown }): Reader {
  const { default: whole } = module
  const found: unknown = typeof whole === 'function' ? whole : Object(whole).default
  if (typeof found !== 'function') throw new Error('export default (store, sid) => …')
  return found as Reader
}

function rowOf(given: unknown): PeekedRow | undefined | null {
  if (typeof given !== 'object' || given === null) return asRow(given)
  const { data, expires } = given as { data?: unknown; expires?: unknown }
  const isTold = typeof data === 'string' && (expires === null || typeof expires === 'number')
  return isTold ? asRow(data, expires) : typeof data === 'string' ? { data } : null
}
