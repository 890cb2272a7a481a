import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { postgresProgram, startPostgres } from '../../stores/servers/postgres.ts'
import type { Server } from '../../stores/servers/program.ts'
import { redisProgram, startRedis } from '../../stores/servers/redis.ts'
import { memoryFolder } from './memory-folder.ts'

/** The kinds of servers, by the scheme of `SESSION_STORE`. */
export const kinds = {
  'redis:': { program: redisProgram, start: startRedis, what: 'redis-server' },
  'postgres:': { program: postgresProgram, start: startPostgres, what: 'postgres' },
} as const
type Kind = keyof typeof kinds

/** Starts each server with the first test that asks for it; `end` ends them all. */
export function serverPool() {
  const started = new Map<Kind, Promise<{ server: Server; folder: string }>>()
  const begin = async (kind: Kind) => {
    const folder = await mkdtemp(join(memoryFolder, 'lab-server-'))
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

export type ServerPool = ReturnType<typeof serverPool>
