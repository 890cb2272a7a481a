import { subscribe } from 'node:diagnostics_channel'
import { IncomingMessage } from 'node:http'
import type { Server } from 'node:net'
import type { Store } from 'express-session'
import { whenStoreIsSet } from './express-session.ts'
import { type Around, watchServer } from './servers.ts'

/**
 * Watches an app that has begun before anything here was loaded: its servers are met with their next request, and its
 * stores when express-session puts them on one. What session() was told, and the debug lines, stay unknown.
 */
export function watchRunningApp(around: Around, meet: (store: Store) => void): void {
  subscribe('http.server.request.start', (message) =>
    watchServer((message as { server: Server }).server, around),
  )
  whenStoreIsSet(IncomingMessage.prototype, meet)
}
