import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Exchange, Passed } from '#inspector'
import { installedFolder } from './installed.ts'
import { test as base, type Running } from './own-process.ts'

/** An app that a test writes, in a project that has the inspector installed. */
export interface OwnApp {
  /** Its folder. */
  folder: string
  /** A folder for packages that this app alone has. */
  modules(): string
  /** Writes one more file there, and gives its path. */
  write(name: string, text: string): string
  /** Starts Node there, until `listening on <port>` (or what is named) has been printed or it has ended. */
  node(args: readonly string[], env?: NodeJS.ProcessEnv, until?: string): Promise<Running>
  /** The report that is asked for by the environment of `node`; empty while there is none. */
  report(): Exchange[]
  /** The whole of it. */
  whole(): { exchanges: Exchange[]; passed?: Passed[] }
}

/** The command of the installed package, for `node`. */
export const command = () => join(installedFolder(), 'node_modules/express-session-inspector/dist/cli.mjs')

/** As a user asks for it: by the name of the package. */
export const register = 'express-session-inspector/register'

/** The port that an app has printed: the first one, or that of its latest start. */
export const portOf = (running: Running): number =>
  Number([...running.output().matchAll(/listening on (\d+)/g)].at(-1)?.[1])

/** Where the panel is, as printed. */
export const panelOf = (running: Running): string =>
  /express-session-inspector: (http:\/\/localhost:\d+\/)/.exec(running.output())?.[1] ?? ''

export const test = base.extend<{ own: OwnApp }>({
  own: async ({ run }, use) => {
    const folder = mkdtempSync(join(installedFolder(), 'app-'))
    const report = join(folder, 'report.json')
    const started: Running[] = []
    const whole = () =>
      existsSync(report)
        ? (JSON.parse(readFileSync(report, 'utf8')) as ReturnType<OwnApp['whole']>)
        : { exchanges: [] }
    await use({
      folder,
      modules() {
        const own = join(folder, 'node_modules')
        mkdirSync(own, { recursive: true })
        return own
      },
      write(name, text) {
        writeFileSync(join(folder, name), text)
        return join(folder, name)
      },
      async node(args, env = {}, until = 'listening on ') {
        const running = await run(args, {
          cwd: folder,
          isGroup: true,
          env: { SESSION_INSPECTOR_PORT: '0', SESSION_INSPECTOR_REPORT: report, ...env },
          until,
        })
        started.push(running)
        return running
      },
      report: () => whole().exchanges,
      whole,
    })
    await Promise.all(started.map(({ kill }) => kill()))
    await remove(folder)
  },
})

/** Removes a folder into which a hub may still write its report: it ends some seconds after the last process it watched. */
async function remove(folder: string): Promise<void> {
  for (let tries = 0; existsSync(folder); tries++) {
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch (error) {
      if (tries > 50) throw error
      await pause(100)
    }
  }
}

/** A visitor with a cookie jar as small as can be. */
export function visitor(port: number) {
  let cookie = ''
  return {
    cookie: () => cookie,
    get: (path: string, headers: Record<string, string> = {}) =>
      new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
        const sent = httpRequest(
          { host: 'localhost', port, path, agent: false, headers: { ...(cookie && { cookie }), ...headers } },
          (answer) => {
            const [set] = answer.headers['set-cookie'] ?? []
            if (set) cookie = set.split(';')[0] ?? ''
            let text = ''
            answer.setEncoding('utf8').on('data', (chunk: string) => {
              text += chunk
            })
            answer.on('end', () => resolve({ status: answer.statusCode, text }))
          },
        )
        sent.on('error', reject)
        sent.end()
      }),
  }
}
