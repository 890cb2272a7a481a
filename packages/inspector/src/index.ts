import './debug-lines.ts'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Store } from 'express-session'
import { guarded } from './access.ts'
import type { JarSource } from './model/jar-source.ts'
import type { PeekedRow } from './model/rows.ts'
import { openPanel, type Peek } from './panel.ts'
import { createRecorder, type Handler, type Recorder } from './recorder.ts'

export type { Exchange, StoreCall } from './exchange.ts'
export type { JarSight, JarSource } from './model/jar-source.ts'
export { openPanel, type Panel, type PanelOptions, type Peek } from './panel.ts'
export { createRecorder, type Handler, type Recorder } from './recorder.ts'

export interface InspectorOptions {
  /** Looks at one row from the side. MemoryStore needs none; of other stores the row is inferred without it. */
  peek?: Peek
  /** What signs the session cookie: only to tell whether a signature fits. */
  secret?: string | readonly string[]
  /** How many of the newest exchanges are kept. */
  limit?: number
  jarSources?: readonly JarSource[]
}

export interface Inspector {
  recorder: Recorder
  /** The store to give to `session()`. */
  watchStore(store: Store): Store
  /** The app to listen with: `/__lab/inspector/` shows the panel, everything else goes to `app` as it came. */
  around(app: Handler): Handler
}

/**
 * Puts the inspector around an express-session app. It shows session ids: the panel answers on this computer's own
 * loopback addresses only. Import this before express-session, so that the debug lines are seen.
 */
export function createInspector({ peek, secret, limit, jarSources }: InspectorOptions = {}): Inspector {
  const recorder = createRecorder(limit === undefined ? {} : { limit })
  let side = peek
  return {
    recorder,
    watchStore(store) {
      side ??= peekOfMemory(store)
      return recorder.watchStore(store)
    },
    around(app) {
      const name = 'app'
      const panel = openPanel({
        recorder,
        secrets: secret === undefined ? [] : typeof secret === 'string' ? [secret] : secret,
        ...(side && { peeks: { [name]: side } }),
        ...(jarSources && { jarSources }),
      })
      const pages = guarded('/__lab/inspector', panel.pages(name))
      const watched = recorder.watch(app, name)
      return (req: IncomingMessage, res: ServerResponse, next) =>
        isOurs(req.url) ? (pages as unknown as Handler)(req, res, next) : watched(req, res, next)
    },
  }
}

const isOurs = (url = '') => /^\/__lab\/inspector(?:[/?]|$)/.test(url)

/** express-session's MemoryStore keeps its rows as text in an object: looking there touches nothing. */
function peekOfMemory(store: Store): Peek | undefined {
  const { sessions } = store as unknown as { sessions?: unknown }
  if (store.constructor?.name !== 'MemoryStore' || typeof sessions !== 'object') return undefined
  return async (sid): Promise<PeekedRow | undefined> => {
    // read anew each time: `clear` puts another object in its place
    const rows = (store as unknown as { sessions: Record<string, unknown> }).sessions
    const data = Object.hasOwn(rows, sid) ? rows[sid] : undefined
    if (typeof data !== 'string') return undefined
    const expires = /"expires":"([^"]{10,40})"/.exec(data)?.[1]
    return { data, expires: expires ? Date.parse(expires) : null }
  }
}
