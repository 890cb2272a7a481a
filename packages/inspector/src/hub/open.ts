import { mkdirSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, createServer as createLinks, type Server as Links } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { guarded } from '../access.ts'
import { readLines, type ToProcess } from '../attach/messages.ts'
import { createDiagnoser } from '../diagnose/diagnose.ts'
import { exportRecord } from '../model/export.ts'
import { createNames } from '../model/names.ts'
import { openPanel } from '../panel.ts'
import { createRemoteRecord, type RemoteRecord } from './record.ts'
import { keepReport } from './report.ts'

export interface HubOptions {
  /** The socket that watched processes connect to; its folder is made, for this user alone. */
  address: string
  /** The port of the panel: this one or the next free one; 0: any. */
  port: number
  /** A file that is kept current with the record. */
  report: string | undefined
  /** Whether somebody else has said where the panel is. */
  isAnnounced?: boolean
  /** Is called when a process begins to be watched. */
  onJoin?(): void
  /** Is called when the last watched process is gone, with the processes that there were. */
  onAlone?(): void
}

export interface Hub {
  /** Where the panel is. */
  url: string
  address: string
  record: RemoteRecord
  /** Writes the report, ends the panel, and leaves nothing behind. */
  close(): void
}

const mostPorts = 50 // that are tried

/**
 * The panel of watched processes, on a loopback port of its own, and the place where they report to.
 * @throws Error when there is a hub at this address already, or no port is free
 */
export async function openHub({
  address,
  port,
  report,
  isAnnounced,
  onJoin,
  onAlone,
}: HubOptions): Promise<Hub> {
  const names = createNames()
  const kept =
    report === undefined
      ? undefined
      : keepReport(report, () => {
          const findings = diagnoser.findings()
          return [...exportRecord(record.exchanges(), names, { findings })].join('')
        })
  const record = createRemoteRecord(() => kept?.changed())
  const diagnoser = createDiagnoser(record)
  let count = 0
  const isPipe = address.startsWith('\\\\')
  if (!isPipe) await takeFolder(address)
  // before the first process asks for it
  const panel = await openPanelServer(record, port)
  const url = `http://localhost:${(panel.address() as AddressInfo).port}/`
  const links = createLinks((socket) => {
    count++
    onJoin?.()
    const send = (message: ToProcess) =>
      void (socket.writable && socket.write(`${JSON.stringify(message)}\n`))
    const { take, leave } = record.join(send)
    socket.setEncoding('utf8')
    const read = readLines((line) => {
      if (take(line)?.kind === 'hello' && !isAnnounced) send({ kind: 'panel', url })
    })
    socket.on('data', (chunk: string | Buffer) => {
      try {
        read(String(chunk))
      } catch {
        socket.destroy() // not one of ours
      }
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      leave()
      if (--count === 0) onAlone?.()
    })
  })
  await listening(links, { path: address })
  kept?.write()
  return {
    url,
    address,
    record,
    close() {
      links.close()
      panel.close()
      panel.closeAllConnections()
      kept?.write()
      if (!isPipe) rmSync(dirname(address), { recursive: true, force: true })
    },
  }
}

/** Makes the folder of the socket; one that a hub which was killed has left behind is taken over. */
async function takeFolder(address: string): Promise<void> {
  try {
    mkdirSync(dirname(address), { mode: 0o700 })
  } catch (error) {
    // whoever made it just now is about to listen
    if ((await answers(address)) || (await pause(1_000).then(() => answers(address)))) throw error
    rmSync(address, { force: true })
  }
}

const answers = (address: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(address)
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })

async function openPanelServer(record: RemoteRecord, wanted: number): Promise<Server> {
  const { pages } = openPanel({
    recorder: record,
    peek: record.peek,
    isRunning: (pid) => record.processes().some((one) => one.pid === pid && one.isRunning),
    appPort: (server) => Number(server.slice(1)) || undefined,
  })
  const app = guarded('/__lab/inspector', pages('app'))
  const server = createServer((req, res) => {
    if (req.url !== '/') return app(req, res)
    res.writeHead(302, { Location: '/__lab/inspector/' }).end()
  })
  for (let port = wanted; ; port++) {
    try {
      await listening(server, { port, host: 'localhost' })
      return server
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (!isTaken || wanted === 0 || port >= wanted + mostPorts) throw error
    }
  }
}

const listening = (server: Server | Links, where: { path: string } | { port: number; host: string }) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(where, () => {
      server.off('error', reject)
      resolve()
    })
  })
