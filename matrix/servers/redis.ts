import { createClient } from 'redis'
import { redisProgram, startRedis } from '../../stores/servers/redis.ts'
import { type Kind, versionOf } from './server-for.ts'

export const redis: Kind = {
  start: (folder) => startRedis(folder, ''), // some stores take host and port and nothing else
  version: () => versionOf('redis-server', redisProgram()),
}

/** Writes text under a key, which goes on expiring when it did. */
export async function writeKey(address: string, key: string, text: string): Promise<void> {
  const client = createClient({ url: address })
  client.on('error', () => {}) // the call fails too
  await client.connect()
  await client.set(key, text, { KEEPTTL: true })
  client.destroy()
}
