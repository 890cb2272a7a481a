import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import session from 'express-session'
import type { Handler } from '#inspector'
import { compile } from '../../common/compile.mjs'
import { asOneRequest } from '../../stores/budget.ts'
import { rowsOfMemory } from '../../stores/memory.ts'
import { openStore } from '../../stores/open.ts'
import { slowWrites } from '../../stores/slow.ts'
import type { Row } from '../../stores/store.ts'
import { problemPage } from '../http/problems.ts'
import type { AppModule } from '../scenarios/scenarios.ts'
import type { FromReplica, Question, ReplicaOptions, ToReplica } from './messages.ts'
import { openRecord } from './record.ts'

/** Runs an app in this process, on a free loopback port, until the lab asks it to stop. */
export async function serve(options: ReplicaOptions, send: (message: FromReplica) => void): Promise<void> {
  const { file, name, secrets, storeUrl, folder, tag } = options
  let { delay } = options
  const opened = await openStore(storeUrl, folder, name)
  const record = tag === null ? undefined : openRecord(tag, (report) => send({ kind: 'report', ...report }))
  const slow = slowWrites(opened.store, () => delay)
  const store = record?.recorder.watchStore(slow) ?? slow
  // (not by loadApp: what this module needs beside the app makes every start slower)
  const { createApp }: AppModule = await import(await compile(file))
  const app = createApp({ store, secret: secrets, otherUrl: () => '' }) as unknown as Handler

  /** The store that the app made itself, or express-session because the app gave it none. */
  let own: session.MemoryStore | undefined
  const handler: Handler = (req: IncomingMessage & { sessionStore?: session.Store }, res) => {
    res.once('close', () => {
      const { sessionStore } = req
      if (sessionStore !== store && sessionStore instanceof session.MemoryStore) own = sessionStore
    })
    asOneRequest(() => app(req, res, problemPage(req, res, name)))
  }

  async function answer(question: Question): Promise<Row[]> {
    const isMine = storeUrl === 'memory:'
    if (question.what === 'word') return []
    if (question.what === 'clear') {
      own?.clear()
      if (isMine) await opened.clear()
      return []
    }
    const rows = [...(own ? rowsOfMemory(own) : []), ...(isMine ? await opened.rows(1000) : [])]
    return question.what === 'rows' ? rows : rows.filter(({ sid }) => sid === question.sid)
  }

  const server = createServer(record?.around(handler) ?? handler)
  process.on('message', async (message: ToReplica) => {
    if (message.kind === 'ask') send({ kind: 'answer', id: message.id, rows: await answer(message.question) })
    if (message.kind === 'delay') delay = message.ms
    if (message.kind === 'stop') server.close(() => opened.close().finally(() => process.exit()))
  })
  server.listen(0, '127.0.0.1', () => {
    send({ kind: 'listening', port: (server.address() as AddressInfo).port })
  })
}
