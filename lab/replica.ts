import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import session from 'express-session'
import type { Handler } from './inspector/recorder.ts'
import { root } from './places.ts'
import { problemPage } from './problems.ts'
import type { Message, Question, ReplicaOptions } from './replicas.ts'
import type { AppModule } from './scenarios.ts'
import { rowsOfMemory } from './stores/memory.ts'
import { openStore } from './stores/open.ts'

/* One process of several that run the same app; lab/replicas.ts starts it and tells it what to run. */

const tell = (message: Message) => process.send?.(message)

async function main({ variant, name, secret, storeUrl, folder }: ReplicaOptions) {
  const { store } = await openStore(storeUrl, folder, name)
  // (not by loadApp: what this module needs beside the app makes every start slower)
  const { createApp }: AppModule = await import(pathToFileURL(join(root, variant.file)).href)
  const app = createApp({ store, secret, otherUrl: () => '' }) as unknown as Handler

  /** The store that express-session made because the app gave it none. */
  let memory: session.MemoryStore | undefined
  const server = createServer((req: IncomingMessage & { sessionStore?: session.Store }, res) => {
    res.once('close', () => {
      if (req.sessionStore instanceof session.MemoryStore) memory = req.sessionStore
    })
    app(req, res, problemPage(req, res, name))
  })
  server.listen(0, '127.0.0.1', () => tell({ port: (server.address() as AddressInfo).port }))

  process.on('message', ({ id, what }: Question) => {
    if (what === 'clear') memory?.clear()
    tell({ id, rows: memory ? rowsOfMemory(memory) : [] })
  })
}

process.once('message', (options: ReplicaOptions) => main(options))
process.once('disconnect', () => process.exit()) // whoever started it has ended
