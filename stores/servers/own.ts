import { closeAtEnd } from '../../common/ending.ts'
import { temporaryFolder } from '../../common/temporary-folder.ts'
import { Trouble } from '../../common/words.ts'

/**
 * What `SESSION_STORE` comes to: `redis:` and `postgres:` without an address start a server that ends with this
 * process, sessions and all; anything else is as it is.
 * @throws Trouble when the program is not installed, or does not start
 */
export async function withOwnServer(url: string): Promise<string> {
  if (url !== 'redis:' && url !== 'postgres:') return url
  const { redisProgram, startRedis } = await import('./redis.ts')
  const { postgresProgram, startPostgres } = await import('./postgres.ts')
  const [program, start, what] =
    url === 'redis:'
      ? ([redisProgram, startRedis, 'redis-server'] as const)
      : ([postgresProgram, startPostgres, 'postgres'] as const)
  if (!program()) {
    throw new Trouble({
      ja: `${what} が入っていないので、SESSION_STORE=${url} では始められません。入れるか、動いているサーバーのアドレス(${url}//…)を指定してください。`,
      en: `${what} is not installed, so SESSION_STORE=${url} cannot start one. Install it, or name the address of a server that runs (${url}//…).`,
    })
  }
  try {
    const server = await start(temporaryFolder('lab-server-'))
    closeAtEnd(server.stop)
    return server.url
  } catch (error) {
    throw new Trouble({
      ja: `${what} が始まりません: ${(error as Error).message}`,
      en: `${what} does not start: ${(error as Error).message}`,
    })
  }
}
