import { createHash } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import type { LabPage } from './diagnose/diagnosis.ts'
import { createLookout, type Lookout } from './diagnose/lookout.ts'
import { reachedOnly } from './diagnose/reached.ts'
import type { Exchange } from './exchange.ts'
import { clientOf } from './headers.ts'
import type { Html } from './html.ts'
import { clientId } from './model/client.ts'
import { alterSignature, cookiePairs, looksSigned } from './model/cookie-value.ts'
import { exportRecord, importRecord, most, passedPart, type Refused } from './model/export.ts'
import {
  chooseFocus,
  knownRows,
  liveFocus,
  type RowPlace,
  rowOf,
  runningProcesses,
  type Source,
} from './model/focus.ts'
import { type JarSource, pollSource } from './model/jar-source.ts'
import { lookAtCookie, lookAtPair } from './model/look.ts'
import type { PeekedRow } from './model/rows.ts'
import { createStory, type Story } from './model/story.ts'
import { allShown } from './panel/imported.ts'
import { pageHtml, panelHtml, refusedHtml } from './panel/page.ts'
import type { PanelData } from './panel/print.ts'
import { type PanelQuery, preferredLanguage, readQuery } from './panel/query.ts'
import type { Recording } from './recorder.ts'
import { createLooks, type LookAtRow, type Peek } from './side-looks.ts'
import { inSlices } from './slices.ts'
import { preciseNow } from './watch/clock.ts'
import type { Language } from './words/words.ts'

export type { Peek }

export interface PanelOptions {
  recorder: Recording
  /** Who looks for causes in it; left out, the panel does whenever it is shown. */
  lookout?: Lookout
  /** Where a page of the lab is; left out, findings lead to none. */
  labUrl?: (lab: LabPage, req: Request) => string | undefined
  /** Where the evidence for a documented statement is; left out, its id is text. */
  statementUrl?: (id: string, req: Request) => string | undefined
  /** A side view of the rows of each server, by the name that `recorder.watch` knows it by: all its stores share them. */
  peeks?: Readonly<Record<string, Peek>>
  /** A side view of the rows of a store, by its number (`StoreCall`). Gives null where nobody can look at them. */
  peek?: (store: number, sid: string) => Promise<PeekedRow | undefined | null>
  /** What signs the session cookie: only to tell whether a signature fits. */
  secrets?: readonly string[]
  /** The session cookie's name; learned from what is seen when left out. */
  cookieName?: string
  /** Who can look into a browser's jar beside the panel's own requests. */
  jarSources?: readonly JarSource[]
  /** Whether this is one of the processes that serve the app, where there are several. */
  isRunning?: (pid: number) => boolean
  /** The language of whom asks for none by `?lang=`; left out, the one that their browser prefers. */
  language?: Language
  /** What a server is called in the panel; left out, by the name under which it is watched. */
  serverName?: (server: string, language: Language) => string
  /** The port where the app of a server answers, where it is not the one that the panel is under. */
  appPort?: (server: string) => number | undefined
}

export interface Panel {
  /** The pages under `/__lab/inspector`, to be mounted there. `server` is the one whose address they are under. */
  pages(server: string): Express
  /** The panel as HTML, for a page of another's. */
  html(req: Request): Promise<string>
}

const folder = fileURLToPath(new URL('.', import.meta.url))
const idiomorph = createRequire(import.meta.url).resolve('idiomorph/dist/idiomorph.esm.js')
const panelPath = '/__lab/inspector/panel'
const patience = 800 // ms for all looks at the rows together: the page is there within 2 s

/** The panel beside an app: one HTML rendering of the recorder's story, and the few things its buttons do. */
export function openPanel(options: PanelOptions): Panel {
  const { recorder, peeks = {}, secrets = [], jarSources = [], isRunning } = options
  const lookout = options.lookout ?? createLookout(reachedOnly(recorder))
  const newStory = () =>
    createStory({
      secrets,
      hasOneStore: (server) => Object.hasOwn(peeks, server),
      ...(options.cookieName && { cookieName: options.cookieName }),
    })
  let story = newStory()
  let imported: Imported | undefined
  const queryOf = (req: Request) =>
    readQuery(req, imported !== undefined, options.language ?? preferredLanguage(req))

  /** Takes over all that is new. */
  function follow(): readonly Exchange[] {
    const exchanges = recorder.exchanges()
    const passed = recorder.passed?.() ?? []
    const [outside, sessions, isLate] = [
      recorder.outside(),
      recorder.sessions(),
      recorder.isLate?.() ?? false,
    ]
    story.follow(exchanges, { outside, sessions, passed, isLate })
    return exchanges
  }

  async function sourceFor(req: Request, query: PanelQuery): Promise<Source> {
    const now = Math.ceil(preciseNow()) // nothing that has happened is still to come
    if (query.isImported && imported) {
      return { ...imported, jars: [], asker: null, canPeek: false, isRunning: undefined, now }
    }
    const exchanges = follow()
    const asker = clientId(clientOf(req))
    const jars = [...jarSources, pollSource(asker, req.headers.cookie, panelPath)]
    const canPeek = Object.keys(peeks).length > 0 || options.peek !== undefined
    const since = recorder.chapter?.() ?? 0
    return { story, exchanges, jars, asker, canPeek, isRunning, now, since }
  }

  const look = createLooks(patience)

  const peekOf = ({ server, store }: RowPlace): ((sid: string) => ReturnType<LookAtRow>) | undefined =>
    peeks[server] ?? (options.peek && ((sid) => options.peek?.(store, sid) ?? Promise.resolve(null)))

  /** Looks at all rows side by side, and notes what was seen. */
  async function peekAll({ story, now }: Source, more: RowPlace | null) {
    const wanted = more ? [...knownRows(story), more] : knownRows(story)
    const looks = wanted.map(async (place) => {
      const { shelf, sid } = place
      const peek = peekOf(place)
      if (!peek) return
      const sight = await look(`${shelf}\n${sid}`, now, async () => peek(sid))
      if (!sight) story.rows.noteUnknown(shelf, sid, now)
      else if (sight.row === null) story.rows.noteBlind(shelf, sid)
      else story.rows.notePeek(shelf, sid, sight.row, sight.at)
    })
    await Promise.all(looks)
  }

  /** What is shown, and a version that changes exactly when the shown does. */
  async function prepare(req: Request) {
    const query = queryOf(req)
    const source = await sourceFor(req, query)
    const { story, jars } = source
    const live = liveFocus(source, query)
    const cookie = live.place && lookAtCookie(story, live.place, jars)
    if (!query.isImported) await peekAll(source, rowOf(live.place, cookie?.value?.sid))
    const focus = chooseFocus(source, query, live)
    const { place } = focus
    const seen = focus.chosen && place ? lookAtCookie(story, place) : cookie
    const look = place && seen && lookAtPair(story, place, seen)
    const findings = query.isImported ? undefined : lookout.findings()
    const prepared = { query, source, focus, look, ...(findings && { findings }) }
    return { ...prepared, version: versionOf(req, prepared) }
  }

  function versionOf(req: Request, { query, source, focus, look, findings }: Prepared) {
    const rows = knownRows(source.story).map(({ shelf, sid }) => source.story.rows.at(shelf, sid, source.now))
    const shown = [
      query,
      req.headers.cookie,
      recorder.revision(),
      look,
      focus.moments.length,
      findings,
      runningProcesses(source),
      rows.map(({ state, expires, by, goneAt, data, failure }) => [
        state,
        failure,
        expires,
        by,
        goneAt !== null && source.now - goneAt < 60_000,
        data?.length,
      ]),
    ]
    return createHash('sha1').update(JSON.stringify(shown)).digest('base64url')
  }

  function show(req: Request, { version, ...prepared }: Awaited<ReturnType<typeof prepare>>): Html {
    const { query, source, focus, look } = prepared
    const cookieName = look?.cookie.name ?? source.story.cookieName(focus.server)
    const canTamper = !query.isImported && cookiePairs(req.headers.cookie).some(isSigned(cookieName))
    const { labUrl, statementUrl, serverName } = options
    const inLab = {
      ...(labUrl && { labUrl: (lab: LabPage) => labUrl(lab, req) }),
      ...(serverName && { serverName: (name: string) => serverName(name, query.language) }),
      ...(statementUrl && { statementUrl: (id: string) => statementUrl(id, req) }),
    }
    return panelHtml({ ...prepared, ...inLab, canTamper, limit: recorder.limit }, version)
  }

  function pages(server: string): Express {
    const app = express()
    app.disable('x-powered-by')
    app.use('/assets', express.static(`${folder}assets`, { cacheControl: false }))
    app.get('/assets/idiomorph.js', (_req, res) => {
      res.sendFile(idiomorph, { cacheControl: false, dotfiles: 'allow' }) // pnpm has packages in node_modules/.pnpm
    })

    app.get('/panel', async (req, res) => {
      const prepared = await prepare(req)
      res.set('X-Now', String(prepared.source.now))
      if (req.query['version'] === prepared.version) return void res.status(204).end()
      res.type('html').send(show(req, prepared).html)
    })

    app.get('/', async (req, res) => {
      if (!req.originalUrl.split('?')[0]?.endsWith('/')) return res.redirect(301, `${req.baseUrl}/`)
      const prepared = await prepare(req)
      res.type('html').send(pageHtml(prepared.query, show(req, prepared)).html)
    })

    app.post('/tamper', form('1kb'), async (req, res) => {
      const port = options.appPort?.(server) ?? req.socket.localPort
      const id = await sendTampered(req, story.cookieName(server), recorder, port)
      back(req, res, { at: id === undefined ? null : String(id) })
    })

    app.post('/clear', form('1kb'), (req, res) => {
      recorder.clear()
      lookout.clear()
      story = newStory()
      back(req, res, { at: null, client: null })
    })

    /** Whoever reads the record does not know which stores have the same rows: they get one number. */
    const withRows = (exchange: Exchange): Exchange => ({
      ...exchange,
      calls: exchange.calls.map((call) => ({ ...call, store: story.storeIn(exchange.server, call.store) })),
    })
    app.get('/export.json', async (_req, res) => {
      const exchanges = follow()
      res.attachment('session-record.json').type('json')
      const pieces = Readable.from(
        inSlices(
          exportRecord(exchanges.map(withRows), story.names, recorder.outside(), passedPart(story.passed())),
        ),
      )
      await pipeline(pieces, res).catch(() => {}) // whoever asked has gone
    })

    app.post('/import', form(`${most.megabytes}mb`), async (req, res) => {
      const read = await takeIn(String(req.body?.record ?? ''))
      if (typeof read === 'string') return refuse(queryOf(req), req, res, read)
      imported = read
      back(req, res, { record: 'imported', at: null, client: null })
    })
    app.use('/import', (error: { status?: number }, req: Request, res: Response, next: NextFunction) => {
      if (error.status !== 413) return next(error)
      refuse(queryOf(req), req, res, 'too-large')
    })
    return app
  }

  return { pages, html: async (req) => show(req, await prepare(req)).html }
}

type Prepared = Pick<PanelData, 'query' | 'source' | 'focus' | 'look' | 'findings'>

interface Imported {
  story: Story
  exchanges: readonly Exchange[]
}

/** A record from elsewhere, or why it is not taken: it could not be read, or not be shown. */
async function takeIn(text: string): Promise<Imported | Refused> {
  const record = importRecord(text)
  if (typeof record === 'string') return record
  const { exchanges, outside, passed } = record
  const story = createStory({ secrets: [] })
  try {
    story.follow(exchanges, { outside, passed })
    for await (const _shown of inSlices(allShown({ story, exchanges })));
  } catch {
    return 'unshown'
  }
  return { story, exchanges }
}

/** Says in words why a record was not taken, and leads back. */
function refuse(query: PanelQuery, req: Request, res: Response, reason: Refused) {
  res.status(reason === 'too-large' ? 413 : 400).type('html')
  res.send(refusedHtml(query, reason, placeOf(req)).html)
}

const form = (limit: string) => express.urlencoded({ extended: false, limit })

const isSigned = (name: string | null) => (pair: { name: string; value: string }) =>
  pair.name === name && looksSigned(pair.value)

/** Back to the page whose button it was: the lab page, or the inspector's own. */
function back(req: Request, res: Response, changes: Record<string, string | null>) {
  const place = placeOf(req)
  const params = new URLSearchParams()
  for (const key of ['lang', 'client', 'list', 'record', 'at']) {
    const value = key in changes ? changes[key] : req.query[key]
    if (typeof value === 'string') params.set(key, value)
  }
  res.redirect(303, `${place}${params.size > 0 ? `?${params}` : ''}#inspector`)
}

/** The page that a form was sent from. */
function placeOf(req: Request): string {
  const from = req.headers.referer ?? ''
  return URL.canParse(from) && new URL(from).pathname === '/__lab/' ? '/__lab/' : '/__lab/inspector/'
}

/**
 * Sends the app what this browser would send, with one character of the session cookie's signature changed.
 * @returns the id of the exchange; undefined when there is no signed cookie or no answer
 */
async function sendTampered(
  req: Request,
  name: string | null,
  recorder: Recording,
  port: number | undefined,
): Promise<number | undefined> {
  const pairs = cookiePairs(req.headers.cookie)
  const target = pairs.find(isSigned(name))
  if (!target) return undefined
  const cookie = pairs
    .map((pair) => `${pair.name}=${pair === target ? alterSignature(pair.value) : pair.value}`)
    .join('; ')
  const { localAddress } = req.socket
  const { host = 'localhost', 'user-agent': userAgent = '' } = req.headers
  return new Promise((resolve) => {
    let recorded: (() => Exchange | undefined) | undefined
    const finish = () => resolve(recorded?.()?.id)
    const sending = httpRequest(
      {
        host: localAddress,
        port,
        path: '/',
        agent: false,
        headers: { host, 'user-agent': userAgent, cookie },
      },
      (answer) => {
        answer.resume()
        answer.on('close', () => setImmediate(finish))
      },
    )
    sending.setTimeout(10_000, () => sending.destroy())
    sending.on('socket', (socket) => {
      socket.once('connect', () => {
        recorded = recorder.expectFrom(socket.localPort ?? 0)
      })
    })
    sending.on('error', finish)
    sending.end()
  })
}
