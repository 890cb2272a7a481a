import { RedisStore } from 'connect-redis'
import { createClient } from 'redis'
import { tellAway } from './away.ts'
import type { OpenStore, Row } from './store.ts'
import { touchWithCookie } from './touch.ts'

const longestWait = 1_000 // ms: from one try to reach the server to the next
const silence = 3_000 // ms without a word from the server, not even an answer to a ping: the connection is given up

// a script and not WATCH, which would need a connection of its own for each touch
const touch = `
  if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2]) end
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
`

/**
 * connect-redis over the `redis` client. The client does not queue: without a connection each command fails at once,
 * or a request would hang as long as the server is away. It goes on trying to connect.
 */
export async function openRedis(url: string, name: string): Promise<OpenStore> {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: silence / 3,
    socket: {
      connectTimeout: longestWait,
      socketTimeout: silence,
      reconnectStrategy: (tries) => Math.min(25 * 2 ** tries, longestWait),
    },
  })
  const away = tellAway('Redis', url)
  client.on('error', away.failed) // without a listener the first lost connection would end the process
  client.on('ready', away.back)
  const prefix = `express-session-lab:${name}:`
  const store = new RedisStore({ client, prefix })
  const connected = client.connect().catch(away.failed)
  await Promise.race([connected, new Promise((resolve) => client.once('error', resolve))])

  store.touch = touchWithCookie(
    async (sid) => (await client.get(prefix + sid)) ?? undefined,
    (sid, { was, becomes, expires }) =>
      client.eval(touch, { keys: [prefix + sid], arguments: [was, becomes, String(expires - Date.now())] }),
  )

  /** What lies under these keys, and for how long: GET and PTTL extend nothing. */
  async function look(keys: readonly string[]): Promise<Row[]> {
    const now = Date.now()
    const found = await Promise.all(
      keys.map(async (key) => {
        const [data, left] = await Promise.all([client.get(key), client.pTTL(key)])
        return data === null
          ? []
          : [{ sid: key.slice(prefix.length), data, expires: left < 0 ? null : now + left }]
      }),
    )
    return found.flat()
  }

  async function keys(limit: number): Promise<string[]> {
    const found = new Set<string>()
    for await (const some of client.scanIterator({ MATCH: `${prefix}*`, COUNT: 1_000 })) {
      for (const key of some) found.add(key)
      if (found.size >= limit) break
    }
    return [...found].slice(0, limit)
  }

  return {
    store,
    peek: async (sid) => (await look([prefix + sid]))[0],
    // Redis keeps no order of writing: the one that lasts longest was usually written last
    rows: async (limit) =>
      (await look(await keys(limit))).sort((one, other) => (other.expires ?? 0) - (one.expires ?? 0)),
    async clear() {
      for await (const some of client.scanIterator({ MATCH: `${prefix}*`, COUNT: 1_000 })) {
        if (some.length > 0) await client.unlink(some)
      }
    },
    async close() {
      away.end()
      client.destroy()
    },
  }
}
