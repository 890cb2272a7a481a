import { Client } from 'pg'
import type { Server } from '../../stores/servers/program.ts'
import { kinds } from './server-pool.ts'
import { test as base } from './worker.ts'

interface Servers {
  /** What the store of this test is asked for by; `redis:` and `postgres:` start a server. */
  storeUrl: string
  /** The server behind `storeUrl`, running; undefined for `sqlite:` and `memory:`. */
  server: Server | undefined
}

/**
 * Tests that may ask for a server: one for each worker, which runs its tests one after the other, emptied for each.
 * Where the program is missing, the test is skipped by name; in CI it fails.
 */
export const test = base.extend<Servers>({
  storeUrl: ['sqlite:', { option: true }],

  server: async ({ storeUrl, serverPool }, use, testInfo) => {
    if (storeUrl !== 'redis:' && storeUrl !== 'postgres:') return use(undefined)
    const { program, what } = kinds[storeUrl]
    const isMissing = !program()
    if (isMissing && process.env['CI']) throw new Error(`${what} is not installed, and CI must not skip this`)
    testInfo.skip(isMissing, `${what} is not installed on this machine`)
    const server = await serverPool.server(storeUrl)
    await empty(server)
    await use(server)
    if (!server.isRunning()) await server.start()
  },
})

/** Removes what a test before has left. */
async function empty({ url }: Server) {
  if (url.startsWith('redis:')) {
    const { createClient } = await import('redis')
    const client = await createClient({ url }).connect()
    await client.flushAll()
    client.destroy()
  } else {
    const client = new Client({ connectionString: url })
    await client.connect()
    await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
    await client.end()
  }
}
