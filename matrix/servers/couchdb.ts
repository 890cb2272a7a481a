import { fileURLToPath } from 'node:url'
import { emulator } from './emulator.ts'

/** CouchDB, as express-pouchdb stands for it; `from`: the module whose dependency tree has it and pouchdb. */
export const couchdb = (from: string) =>
  emulator({
    name: 'express-pouchdb',
    from,
    script: fileURLToPath(new URL('couchdb.mjs', import.meta.url)),
    args: (port) => [fileURLToPath(from), `${port}`],
    ready: /listening/,
    of: 'CouchDB',
  })

/** Writes a document in place of another. */
export async function writeDocument(address: string, id: string, document: object): Promise<void> {
  const url = `${address}/sessions/${encodeURIComponent(id)}`
  const { _rev } = (await (await fetch(url)).json()) as { _rev?: string }
  const body = JSON.stringify(_rev ? { ...document, _rev } : document)
  const answer = await fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body })
  if (!answer.ok)
    throw new Error(`the document ${id} was not written: ${answer.status} ${await answer.text()}`)
}
