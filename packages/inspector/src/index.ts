import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Store } from 'express-session'
import { guarded, refuseHttp2 } from './access.ts'
import type { JarSource } from './model/jar-source.ts'
import { openPanel, type Peek } from './panel.ts'
import { createRecorder, type Handler, type Recorder } from './recorder.ts'
import type { LookAtRow } from './side-looks.ts'
import { loadedBefore } from './watch/express-session.ts'
import { lookFor } from './watch/peeks.ts'
import { insideStore, running } from './watch/running.ts'
import { numberOf } from './watch/store.ts'
import { importedLate, inProduction } from './words/attaching.ts'

export { onlyFromHere, ownHeaders } from './access.ts'
export { createDiagnoser, type Diagnoser, type Finding } from './diagnose/diagnose.ts'
export type { Diagnosis, Kind } from './diagnose/diagnosis.ts'
export { reachedOnly } from './diagnose/reached.ts'
export { diagnoses } from './diagnoses/index.ts'
export { type ClientId, clientId, readClientId } from './model/client.ts'
export { readCookieValue } from './model/cookie-value.ts'
export { isOfHost } from './model/jar.ts'
export type { JarSight, JarSource } from './model/jar-source.ts'
export { createNames, type Names } from './model/names.ts'
export { type Attribute, readSetCookie, type SetCookie } from './model/set-cookie.ts'
export { token } from './panel/print.ts'
export { openPanel, type Panel, type PanelOptions, type Peek } from './panel.ts'
export * from './record.ts'
export { createLooks } from './side-looks.ts'
export { lineWords } from './words/lines.ts'

export interface InspectorOptions {
  /** Looks at one row from the side. Stores that are known need none; of others the row is inferred without it. */
  peek?: Peek
  /** What signs the session cookie: only to tell whether a signature fits. */
  secret?: string | readonly string[]
  /** How many of the newest exchanges are kept. */
  limit?: number
  jarSources?: readonly JarSource[]
}

export interface Inspector {
  recorder: Recorder
  /** Watches the store that is given to `session()`; it is the same store as before, and is given back. */
  watchStore<S extends Store>(store: S): S
  /** The app to listen with: `/__lab/inspector/` shows the panel, everything else goes to `app` as it came. */
  around(app: Handler): Handler
}

/**
 * Puts the inspector around an express-session app. It shows session ids: the panel answers on this computer's own
 * loopback addresses only. Import `debug-lines` before express-session, or its debug lines are not seen.
 */
export function createInspector({ peek, secret, limit, jarSources }: InspectorOptions = {}): Inspector {
  const recorder = createRecorder(limit === undefined ? {} : { limit })
  const sides = new Map<number, LookAtRow>()
  return {
    recorder,
    watchStore(store) {
      const watched = recorder.watchStore(store)
      const [number, side] = [numberOf(store), peek ?? lookFor(store)]
      if (number !== undefined && side) sides.set(number, side)
      return watched
    },
    around(app) {
      if (!isWanted()) return app
      sayWhatIsMissed()
      const name = 'app'
      const panel = openPanel({
        recorder,
        secrets: secret === undefined ? [] : typeof secret === 'string' ? [secret] : secret,
        // what it asks of the store is no call of the app's
        peek: (store, sid) => running.run(insideStore, async () => (sides.get(store) ?? peek)?.(sid) ?? null),
        ...(jarSources && { jarSources }),
      })
      const pages = guarded('/__lab/inspector', panel.pages(name))
      const watched = recorder.watch(app, name)
      return function (this: unknown, req: IncomingMessage, res: ServerResponse, next) {
        if (isOurs(req.url) && req.httpVersionMajor > 1) refuseHttp2(res)
        else if (isOurs(req.url)) (pages as unknown as Handler)(req, res, next)
        else watched.call(this, req, res, next)
      }
    },
  }
}

let isSaid = false

/** What was loaded before the inspector is watched as far as can be; once it is said how far. */
function sayWhatIsMissed() {
  const [early] = loadedBefore()
  if (early === undefined || isSaid) return
  isSaid = true
  process.stderr.write(`express-session-inspector: ${importedLate.ja} / ${importedLate.en} (${early})\n`)
}

/** With NODE_ENV=production session ids are shown only where that has been said twice. */
function isWanted(): boolean {
  if (process.env['NODE_ENV'] !== 'production' || process.env['SESSION_INSPECTOR_PRODUCTION'] === 'yes')
    return true
  process.stderr.write(`express-session-inspector: ${inProduction.ja} / ${inProduction.en}\n`)
  return false
}

const isOurs = (url = '') => /^\/__lab\/inspector(?:[/?]|$)/.test(url)
