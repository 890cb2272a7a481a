import { type IncomingMessage, type RequestOptions, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Express } from 'express'
import {
  createDiagnoser,
  createInspector,
  type Inspector,
  reachedOnly,
} from '../../packages/inspector/src/index.ts'
import { secret } from './fixtures.ts'

/** What came back; `status` undefined when the connection broke before a head, `isCut` when it broke at all. */
export interface Answer {
  status: number | undefined
  body: string
  setCookie: string[]
  isCut: boolean
}

/** An app with the inspector around it, a visitor who keeps cookies, and what the panel says. */
export interface Observed {
  /**
   * Sends the cookies that the visitor has; keeps what is set. `from` another origin: as a script there sends it, with
   * credentials or without.
   */
  get(path: string, options?: Sending): Promise<Answer>
  /** The panel in English, of now or of a moment. */
  panel(at?: string): Promise<Shown>
  /** What is wrong, by the diagnoses: faults and risks, by their ids. */
  diagnoses(): string[]
  /** The exported record, as text. */
  exported(): Promise<string>
  /** The visitor's cookies. */
  cookies: Map<string, string>
  close(): Promise<void>
}

export interface Sending {
  from?: 'own' | 'foreign' | 'foreign with credentials'
  method?: string
  /** ms until the visitor leaves. */
  giveUpAfter?: number
}

/** The panel's HTML, taken apart. */
export interface Shown {
  html: string
  /** All of its text. */
  text: string
  /** The text of the element with this id. */
  part(id: string): string
  /** `data-pair`: cookie × row. */
  pair: string | undefined
  /** The ids of the moments on the timeline. */
  moments: string[]
}

const foreign = {
  origin: 'http://localhost:5205',
  'sec-fetch-site': 'same-site',
  'sec-fetch-mode': 'cors',
  'sec-fetch-dest': 'empty',
}

/** Serves what `build` makes, with the inspector around it. */
export async function observe(build: (app: Express, inspector: Inspector) => void): Promise<Observed> {
  const inspector = createInspector({ secret })
  const app = express()
  app.set('env', 'test') // express prints no stack
  build(app, inspector)
  const server = express().use(inspector.around(app)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const cookies = new Map<string, string>()
  const headers = () => ({
    host: `localhost:${port}`,
    'user-agent': 'Chrome/140',
    ...(cookies.size > 0 && { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }),
  })
  const send = (path: string, options: RequestOptions, giveUpAfter?: number) =>
    new Promise<Answer>((resolve) => {
      const answer: Answer = { status: undefined, body: '', setCookie: [], isCut: false }
      const cut = () => resolve({ ...answer, isCut: true })
      const take = (res: IncomingMessage) => {
        answer.status = res.statusCode
        answer.setCookie = res.headers['set-cookie'] ?? []
        res.setEncoding('utf8')
        res.on('data', (chunk: string) => {
          answer.body += chunk
        })
        // with its connection the exchange is over on the other side, too, and known to the record a turn later
        res.on('end', () => res.once('close', () => setImmediate(resolve, answer)))
        res.on('error', cut)
      }
      const sending = request({ host: '127.0.0.1', port, path, agent: false, ...options }, take)
      sending.on('error', cut)
      if (giveUpAfter !== undefined) setTimeout(() => sending.destroy(), giveUpAfter)
      sending.end()
    })
  return {
    cookies,
    async get(path, { from = 'own', method = 'GET', giveUpAfter } = {}) {
      const { cookie, ...others } = headers()
      const hasCookies = from !== 'foreign' && method !== 'OPTIONS'
      const sent = {
        ...others,
        ...(hasCookies && cookie && { cookie }),
        ...(from !== 'own' && foreign),
      }
      const answer = await send(path, { method, headers: sent }, giveUpAfter)
      for (const line of hasCookies ? answer.setCookie : []) {
        const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(line) ?? []
        cookies.set(name, value)
      }
      return answer
    },
    diagnoses: () =>
      createDiagnoser(reachedOnly(inspector.recorder))
        .findings()
        .flatMap(({ id, kind }) => (kind === 'advice' ? [] : [id])),
    exported: async () => (await send('/__lab/inspector/export.json', { headers: headers() })).body,
    async panel(at) {
      const query = at === undefined ? '' : `&at=${at}`
      const { body } = await send(`/__lab/inspector/panel?lang=en${query}`, { headers: headers() })
      return shown(body)
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

const textOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim()

function shown(html: string): Shown {
  return {
    html,
    text: textOf(html),
    part(id) {
      const [, tag = '', rest = ''] = new RegExp(`<(\\w+)[^>]* id="${id}"[^>]*>([\\s\\S]*)`).exec(html) ?? []
      return textOf(rest.slice(0, Math.max(0, rest.indexOf(`</${tag}>`))))
    },
    pair: /data-pair="([^"]*)"/.exec(html)?.[1],
    moments: [...html.matchAll(/id="moment-([^"]*)"/g)].map(([, id = '']) => id),
  }
}
