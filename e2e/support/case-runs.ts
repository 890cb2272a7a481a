import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join, relative } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '../../common/places.ts'
import { createDiagnoser, type Finding } from '../../packages/inspector/src/diagnose/diagnose.ts'
import type { Recording } from '../../packages/inspector/src/recorder.ts'
import { type CaseApp, drive } from './case-folders.ts'
import { end, freePort, listens, openWatching, type Watching } from './case-processes.ts'

/** What came of a case. */
export interface CaseRun extends CaseApp {
  /** Whether the visitor saw the symptom. */
  hasSymptom: boolean
  findings: readonly Finding[]
  /** What was recorded of it. */
  record: Pick<Recording, 'exchanges' | 'outside' | 'sessions'>
}

const settling = 1_500 // ms in which something may still come
const abreast = 24 // visitors at a time: they wait more than they do

/** Whether a visitor saw what the case is about: where the machine was too busy for its timing, nothing is to be told. */
export const isAsMeant = ({ one, which, hasSymptom }: CaseRun): boolean =>
  hasSymptom === (which === 'broken' || one.kind === 'healthy')

/** Runs cases, and once more, with fewer beside them, those that `isRight` does not hold of. */
export async function runCases(
  apps: readonly CaseApp[],
  isRight: (run: CaseRun) => boolean,
): Promise<CaseRun[]> {
  const runs = await runOnce(apps)
  const failed = runs.filter((run) => !isRight(run))
  return failed.length === 0 ? runs : [...runs.filter(isRight), ...(await runOnce(failed))]
}

/** All in one process but those that need one of their own, and waits for many of them at a time. */
async function runOnce(apps: readonly CaseApp[]): Promise<CaseRun[]> {
  const isAlone = ({ one }: CaseApp) => one.restarts || Object.keys(one.env).length > 0
  const watching = await openWatching()
  const host = watching.start(join(root, 'e2e/cases/host.mjs'), {})
  const waiting = [...apps]
  const runs: CaseRun[] = []
  let loading = Promise.resolve()
  /** The port is told in the environment: one app after the other. */
  const load = (app: CaseApp, port: number) => {
    loading = loading.then(() => loadInto(host, app, port))
    return loading
  }
  async function work() {
    for (let app = waiting.shift(); app; app = waiting.shift()) {
      runs.push(isAlone(app) ? await runAlone(app) : await runIn(watching, app, load))
    }
  }
  try {
    await Promise.all(Array.from({ length: abreast }, work))
  } finally {
    await watching.close()
  }
  return runs
}

async function loadInto(host: ChildProcess, { file }: CaseApp, port: number): Promise<void> {
  host.send({ file, port })
  await once(host, 'message')
  await listens(port)
}

async function runIn(
  { record }: Watching,
  app: CaseApp,
  load: (app: CaseApp, port: number) => Promise<void>,
) {
  const port = await freePort()
  await load(app, port)
  const hasSymptom = await drive(app, { port, restart: () => Promise.reject(new Error('not here')) })
  await pause(settling)
  return seenOf(app, hasSymptom, recordOf(record, app, port))
}

async function runAlone(app: CaseApp): Promise<CaseRun> {
  const port = await freePort()
  const watching = await openWatching()
  const start = async () => {
    const child = watching.start(app.file, { ...app.one.env, PORT: String(port) })
    await listens(port)
    return child
  }
  let child = await start()
  const restart = async () => {
    await end(child)
    child = await start()
  }
  const hasSymptom = await drive(app, { port, restart })
  await pause(settling)
  const run = seenOf(app, hasSymptom, watching.record)
  await watching.close()
  return run
}

function seenOf(app: CaseApp, hasSymptom: boolean, record: CaseRun['record']): CaseRun {
  return { ...app, hasSymptom, record, findings: createDiagnoser(record).findings() }
}

/** Of a process with many apps, what belongs to one of them. */
function recordOf(record: Recording, { file }: CaseApp, port: number): CaseRun['record'] {
  const sessions = record.sessions().filter(({ where }) => where?.startsWith(`${relative(root, file)}:`))
  const stores = new Set(sessions.map(({ store }) => store))
  return {
    sessions: () => sessions,
    exchanges: () => record.exchanges().filter(({ server }) => server === `:${port}`),
    outside: () => record.outside().filter(({ store }) => stores.has(store)),
  }
}
