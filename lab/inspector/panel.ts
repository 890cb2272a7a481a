import { createHash } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { fileURLToPath } from 'node:url'
import express, { type Express, type Request, type Response } from 'express'
import createError from 'http-errors'
import type { Exchange } from './exchange.ts'
import { alterSignature, cookiePairs, looksSigned } from './model/cookie-value.ts'
import { type JarSource, pollSource } from './model/jar-source.ts'
import { exportRecord, importRecord } from './model/portable.ts'
import type { PeekedRow } from './model/rows.ts'
import { clientKey, createStory, type Story } from './model/story.ts'
import type { Recorder } from './recorder.ts'
import {
  buildView,
  chooseFocus,
  defaultScale,
  knownSids,
  lookAtFocus,
  type PanelQuery,
  runningProcesses,
  type Source,
} from './view.ts'

/** Looks at one row from the side, without touching, extending or deleting it. */
export type Peek = (sid: string) => Promise<PeekedRow | undefined>

export interface PanelOptions {
  recorder: Recorder
  /** A side view of the store of each server, by the name that `recorder.watch` knows it by. */
  peeks?: Readonly<Record<string, Peek>>
  /** What signs the session cookie: only to tell whether a signature fits. */
  secrets?: readonly string[]
  /** The session cookie's name; learned from what is seen when left out. */
  cookieName?: string
  /** Who can look into a browser's jar beside the panel's own requests. */
  jarSources?: readonly JarSource[]
  /** Whether this is one of the processes that serve the app, where there are several. */
  isRunning?: (pid: number) => boolean
}

export interface Panel {
  /** The pages under `/__lab/inspector`, to be mounted there. `server` is the one whose address they are under. */
  pages(server: string): Express
  /** The panel as HTML, for a page of another's. */
  html(req: Request): Promise<string>
}

const folder = fileURLToPath(new URL('.', import.meta.url))
const idiomorph = fileURLToPath(import.meta.resolve('idiomorph/dist/idiomorph.esm.js'))
const largestImport = '32mb'
const panelPath = '/__lab/inspector/panel'

/** The panel beside a demo: one HTML rendering of the recorder's story, and the few things its buttons do. */
export function openPanel(options: PanelOptions): Panel {
  const { recorder, peeks = {}, secrets = [], jarSources = [], isRunning } = options
  const newStory = () =>
    createStory({ secrets, ...(options.cookieName && { cookieName: options.cookieName }) })
  let story = newStory()
  let imported: { story: Story; exchanges: readonly Exchange[] } | undefined

  const renderer = express()
  renderer.set('views', `${folder}views`)
  renderer.set('view engine', 'ejs')
  renderer.enable('view cache')
  const render = (view: string, data: object): Promise<string> =>
    new Promise((resolve, reject) => {
      renderer.render(view, data, (error, html) => (error ? reject(error) : resolve(html)))
    })

  async function sourceFor(req: Request, query: PanelQuery): Promise<Source> {
    const now = Date.now()
    if (query.isImported && imported) {
      return { ...imported, secrets: [], jars: [], asker: null, canPeek: false, isRunning: undefined, now }
    }
    const exchanges = recorder.exchanges()
    story.follow(exchanges)
    const host = hostOf(req)
    const userAgent = (req.headers['user-agent'] ?? '').slice(0, 500)
    const poll = pollSource({ host, userAgent, cookie: req.headers.cookie }, panelPath)
    const jars = [...jarSources, poll]
    const asker = clientKey(host, userAgent)
    const canPeek = Object.keys(peeks).length > 0
    return { story, exchanges, secrets, jars, asker, canPeek, isRunning, now }
  }

  async function peekAll({ story, now }: Source, more: { server: string; sid: string | null }) {
    const wanted = knownSids(story)
    if (more.sid !== null) wanted.push({ server: more.server, sid: more.sid })
    for (const { server, sid } of wanted) {
      const peek = peeks[server]
      if (!peek) continue
      try {
        story.rows.notePeek(server, sid, await peek(sid), now)
      } catch {
        // a store that fails is told about by the calls that failed
      }
    }
  }

  /** What is shown, and a version that changes exactly when the shown does. */
  async function prepare(req: Request, query: PanelQuery) {
    const source = await sourceFor(req, query)
    let focus = chooseFocus(query, source)
    if (!query.isImported) {
      await peekAll(source, { server: focus.server, sid: lookAtFocus(source, focus)?.sid ?? null })
      focus = chooseFocus(query, source)
    }
    const look = lookAtFocus(source, focus)
    const rows = knownSids(source.story).map(({ server, sid }) =>
      source.story.rows.at(server, sid, source.now),
    )
    const key = JSON.stringify([
      query,
      req.headers.cookie,
      recorder.revision(),
      look,
      focus.moments.length,
      runningProcesses(source),
      rows.map(({ state, expires, by, goneAt, data }) => [
        state,
        expires,
        by,
        goneAt !== null && source.now - goneAt < 60_000,
        data?.length,
      ]),
    ])
    return { source, focus, look, key }
  }

  type Prepared = Awaited<ReturnType<typeof prepare>>

  async function panelHtml(req: Request, query: PanelQuery, { source, focus, look, key }: Prepared) {
    const view = buildView(source, query, focus, look)
    const canTamper = cookiePairs(req.headers.cookie).some(
      ({ name, value }) => name === view.cookie?.name && looksSigned(value),
    )
    const version = createHash('sha1').update(key).digest('base64url')
    return render('panel', { ...view, canTamper: canTamper && !query.isImported, now: source.now, version })
  }

  async function html(req: Request): Promise<string> {
    const query = readQuery(req, imported !== undefined)
    return panelHtml(req, query, await prepare(req, query))
  }

  function pages(server: string): Express {
    const app = express()
    app.disable('x-powered-by')
    app.use('/assets', express.static(`${folder}assets`, { cacheControl: false }))
    app.get('/assets/idiomorph.js', (_req, res) => {
      res.sendFile(idiomorph, { cacheControl: false })
    })

    app.get('/panel', async (req, res) => {
      const query = readQuery(req, imported !== undefined)
      const prepared = await prepare(req, query)
      const version = createHash('sha1').update(prepared.key).digest('base64url')
      res.set('X-Now', String(prepared.source.now))
      if (req.query['version'] === version) return void res.status(204).end()
      res.type('html').send(await panelHtml(req, query, prepared))
    })

    app.get('/', async (req, res) => {
      if (!req.originalUrl.split('?')[0]?.endsWith('/')) return res.redirect(301, `${req.baseUrl}/`)
      const { language } = readQuery(req, imported !== undefined)
      res.type('html').send(await render('page', { language, panel: await html(req) }))
    })

    app.post('/tamper', form('1kb'), async (req, res) => {
      const id = await sendTampered(req, story.cookieName(server), recorder)
      back(req, res, { at: id === undefined ? null : String(id) })
    })

    app.post('/clear', form('1kb'), (req, res) => {
      recorder.clear()
      story = newStory()
      back(req, res, { at: null, client: null })
    })

    app.get('/export.json', (_req, res) => {
      const exchanges = recorder.exchanges()
      story.follow(exchanges)
      res.attachment('session-record.json').json(exportRecord(exchanges, story))
    })

    app.post('/import', form(largestImport), (req, res) => {
      const exchanges = importRecord(String(req.body?.record ?? ''))
      if (!exchanges) throw createError(400, 'This is no exported record.')
      const fresh = createStory({ secrets: [] })
      fresh.follow(exchanges)
      imported = { story: fresh, exchanges }
      back(req, res, { record: 'imported', at: null, client: null })
    })
    return app
  }

  return { pages, html }
}

const form = (limit: string) => express.urlencoded({ extended: false, limit })

const hostOf = (req: Request): string => (req.headers.host ?? '').replace(/:\d+$/, '')

function readQuery(req: Request, hasImported: boolean): PanelQuery {
  const { lang, at, client, list, scale, record } = req.query
  const seconds = Number(scale)
  return {
    language: lang === 'en' ? 'en' : 'ja',
    at: typeof at === 'string' && /^\d{1,9}[cr]?$/.test(at) ? at : null,
    client: typeof client === 'string' && /^[A-Z]{1,3}$/.test(client) ? client : null,
    showsAll: list === 'all',
    scale: seconds >= 10 && seconds <= 100 ? Math.round(seconds) : defaultScale,
    isImported: record === 'imported' && hasImported,
  }
}

/** Back to the page whose button it was: the lab page, or the inspector's own. */
function back(req: Request, res: Response, changes: Record<string, string | null>) {
  const place = req.body?.page === 'lab' ? '/__lab/' : '/__lab/inspector/'
  const params = new URLSearchParams()
  for (const key of ['lang', 'client', 'list', 'scale', 'record', 'at']) {
    const value = key in changes ? changes[key] : req.query[key]
    if (typeof value === 'string') params.set(key, value)
  }
  res.redirect(303, `${place}${params.size > 0 ? `?${params}` : ''}#inspector`)
}

/**
 * Sends the demo what this browser would send, with one character of the session cookie's signature changed.
 * @returns the id of the exchange; undefined when there is no signed cookie or no answer
 */
async function sendTampered(
  req: Request,
  name: string | null,
  recorder: Recorder,
): Promise<number | undefined> {
  const pairs = cookiePairs(req.headers.cookie)
  const target = pairs.find((pair) => pair.name === name && looksSigned(pair.value))
  if (!target) return undefined
  const cookie = pairs
    .map((pair) => `${pair.name}=${pair === target ? alterSignature(pair.value) : pair.value}`)
    .join('; ')
  const { localAddress, localPort } = req.socket
  const { host = 'localhost', 'user-agent': userAgent = '' } = req.headers
  return new Promise((resolve) => {
    let found: (() => Exchange | undefined) | undefined
    const finish = () => resolve(found?.()?.id)
    const sending = httpRequest(
      {
        host: localAddress,
        port: localPort,
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
        found = recorder.expectFrom(socket.localPort ?? 0)
      })
    })
    sending.on('error', finish)
    sending.end()
  })
}
