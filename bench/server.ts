// One contestant in a process of its own: lab/cli/run.mjs bench/server.ts <name> <folder> [store]. Sends its port to the parent,
// and its CPU time and memory whenever the parent asks.
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'
import type { Recorder } from '#inspector'
import type { Name } from './contestants.ts'

const secret = ['keyboard cat, a bench']

/** Each loads only what it needs, as the real servers do. */
const servers: Record<Name, (folder: string, store: string) => Promise<number>> = {
  plain: () => plain(),
  control: () => plain(),
  attached: () => plain(),
  recorded: () => plain(),
  undiagnosed: () => plain(),
  native: (folder) => plain({ dir: folder }),
  'native-wal': (folder) => plain({ dir: folder, concurrentDb: true }),
  memory: () => lab('memory:'),
  sqlite: (folder) => lab(`sqlite:${folder}`),
  'memory+inspector': () => recordedLab('memory:'),
  redis: (_folder, store) => lab(store),
  postgres: (_folder, store) => lab(store),
  express: async () => serve((await import('./sessionless-counters.ts')).withoutSessions()),
  'cookie-session': async () => serve((await import('./sessionless-counters.ts')).withCookieSession()),
  'sqlite+inspector': (folder) => recordedLab(`sqlite:${folder}`),
}

async function plain(native?: { dir: string; concurrentDb?: boolean }): Promise<number> {
  const { plainCounter } = await import('./plain-counter.ts')
  const app = plainCounter(native && (await import('./native.ts')).nativeStore(native))
  return serve(app)
}

const serve = (app: Express): Promise<number> =>
  new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

/** The counter as `npm run demo:counter` serves it. */
async function lab(storeUrl: string, recorder?: Recorder): Promise<number> {
  const { startLab } = await import('../lab/lab.ts')
  const { sites } = await startLab({
    slug: 'counter',
    secret,
    storeUrl,
    folder: '',
    hasLabPages: true,
    ...(recorder && { recorder }),
  })
  return Number(new URL(sites[0].url).port)
}

async function recordedLab(storeUrl: string): Promise<number> {
  await import('#inspector/debug-lines') // before anything that loads express-session
  const { createRecorder } = await import('#inspector')
  return lab(storeUrl, createRecorder())
}

const [name, folder = '', store = ''] = process.argv.slice(2)
process.on('disconnect', () => process.exit())
process.on('message', () => process.send?.({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() }))
process.send?.({ port: await servers[name as Name](folder, store) })
