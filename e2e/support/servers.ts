import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { test as base } from 'playwright/test'
import { postgresProgram, startPostgres } from '../../stores/servers/postgres.ts'
import type { Server } from '../../stores/servers/program.ts'
import { redisProgram, startRedis } from '../../stores/servers/redis.ts'

const kinds = {
  'redis:': { program: redisProgram, start: startRedis, what: 'redis-server' },
  'postgres:': { program: postgresProgram, start: startPostgres, what: 'postgres' },
} as const
type Kind = keyof typeof kinds

/** Starts each server with the first test that asks for it; `end` ends them all. */
function pool() {
  const started = new Map<Kind, Promise<{ server: Server; folder: string }>>()
  const begin = async (kind: Kind) => {
    const folder = await mkdtemp(join(tmpdir(), 'lab-server-'))
    return { server: await kinds[kind].start(folder), folder }
  }
  return {
    async server(kind: Kind): Promise<Server> {
      const known = started.get(kind) ?? begin(kind)
      started.set(kind, known)
      return (await known).server
    },
    async end() {
      for (const running of started.values()) {
        const { server, folder } = await running
        await server.stop()
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}

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
export const test = base.extend<Servers, { serverPool: ReturnType<typeof pool> }>({
  storeUrl: ['sqlite:', { option: true }],

  serverPool: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
    async ({}, use) => {
      const servers = pool()
      await use(servers)
      await servers.end()
    },
    { scope: 'worker', timeout: 60_000 },
  ],

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
