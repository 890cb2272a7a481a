import type { Server } from 'node:http'
import { type AddressInfo, createServer as createLinks, type Socket } from 'node:net'
import { takeLeft } from '../attach/left-behind.ts'
import { readLines, type ToProcess } from '../attach/messages.ts'
import type { Lookout } from '../diagnose/lookout.ts'
import { lineOf } from '../report/text.ts'
import type { Told } from '../report/told.ts'
import { languageOf } from '../words/language.ts'
import { passedWords } from '../words/passed.ts'
import { leaveFolder, takeFolder } from './folder.ts'
import { keepFindings } from './keep.ts'
import { listening, openNear } from './listen.ts'
import { createRemoteRecord, type RemoteRecord } from './record.ts'

export interface HubOptions {
  /** The socket that watched processes connect to; its folder is made, for this user alone. */
  address: string
  /** The port of the panel: this one or the next free one; 0: any. */
  port: number
  /** A file that is kept current with the record. */
  report: string | undefined
  /** false: nothing is looked for, and the report waits for the end (what a benchmark compares with). */
  isDiagnosing?: boolean
  /** Prints a line; left out, the first of the watched processes does, and also says where the panel is. */
  say?(text: string): void
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
  /** What stands now, fit to be printed. */
  findings(): readonly Told[]
  /** Takes what processes left that ended before they had reached the hub. */
  takeLeft(): void
  /** Writes the report, ends the panel, and leaves nothing behind. */
  close(): void
}

/**
 * The panel of watched processes, on a loopback port of its own, and the place where they report to.
 * @throws Error when there is a hub at this address already, or no port is free
 */
export async function openHub({
  address,
  port,
  report,
  isDiagnosing = true,
  say,
  onJoin,
  onAlone,
}: HubOptions): Promise<Hub> {
  const language = languageOf(process.env)
  const members = new Set<(message: ToProcess) => void>()
  let isSampleTold = false
  const byMember = (text: string) => {
    const [first] = members
    first?.({ kind: 'say', text })
  }
  const record = createRemoteRecord(() => {
    if (isDiagnosing) kept.changed()
  })
  const kept = keepFindings(record, {
    report,
    language,
    onFinding: (finding) => (say ?? byMember)(lineOf(finding, language)),
  })
  await takeFolder(address)
  // before the first process asks for it
  const panel = await openPanelServer(record, kept.lookout, port)
  const url = `http://localhost:${(panel.address() as AddressInfo).port}/`
  const takeWhatIsLeft = () => {
    for (const lines of takeLeft(address)) takeAll(record, lines)
  }
  const links = createLinks((socket) => {
    onJoin?.()
    takeWhatIsLeft()
    const { send, take, leave } = join(socket, record)
    members.add(send)
    takeLines(socket, (line) => {
      const kind = take(line)?.kind
      if (kind === 'hello' && !say) send({ kind: 'say', text: url })
      if (kind !== 'passed' || isSampleTold) return
      isSampleTold = true
      const text = passedWords[language].began
      if (say) say(text)
      else byMember(text)
    })
    socket.on('close', () => {
      leave()
      members.delete(send)
      if (members.size === 0) onAlone?.()
    })
  })
  await listening(links, { path: address })
  takeWhatIsLeft()
  kept.write()
  return {
    url,
    address,
    record,
    findings: kept.told,
    takeLeft: takeWhatIsLeft,
    close() {
      takeWhatIsLeft()
      links.close()
      panel.close()
      panel.closeAllConnections()
      leaveFolder(address)
      kept.end()
    },
  }
}

function join(socket: Socket, record: RemoteRecord) {
  const send = (message: ToProcess) => void (socket.writable && socket.write(`${JSON.stringify(message)}\n`))
  return { send, ...record.join(send) }
}

/** What a process that is gone has told. */
function takeAll(record: RemoteRecord, lines: string) {
  const { take, leave } = record.join(() => {})
  try {
    readLines(take)(lines)
  } catch {
    // not one of ours
  }
  leave()
}

function takeLines(socket: Socket, take: (line: string) => void) {
  socket.setEncoding('utf8')
  const read = readLines(take)
  socket.on('data', (chunk: string | Buffer) => {
    try {
      read(String(chunk))
    } catch {
      socket.destroy() // not one of ours
    }
  })
  socket.on('error', () => {})
}

/** The pages are loaded when somebody looks: nobody does at most runs of a team's tests, and it is half of the hub's start. */
function openPanelServer(record: RemoteRecord, lookout: Lookout, port: number): Promise<Server> {
  let pages: ReturnType<typeof load> | undefined
  const load = async () => (await import('./pages.ts')).panelOf(record, lookout)
  return openNear(async (req, res) => {
    if (req.url === '/') return void res.writeHead(302, { Location: '/__lab/inspector/' }).end()
    pages ??= load()
    const app = await pages
    app(req, res)
  }, port)
}
