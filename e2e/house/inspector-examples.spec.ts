import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import { root } from '../../common/places.ts'
import { command, panelOf, portOf, register, test, visitor } from '../support/attached.ts'

const example = (name: string) => readFileSync(join(root, 'examples', name), 'utf8')

const ways: Readonly<Record<string, (file: string) => readonly string[]>> = {
  'commonjs.cjs': (file) => [command(), file],
  'es-module.mjs': (file) => ['--import', register, file],
}
for (const [name, args] of Object.entries(ways)) {
  test(`examples/${name} is watched as it says of itself`, async ({ own }) => {
    const running = await own.node(args(own.write(name, example(name))), { PORT: '0' })
    const ann = visitor(portOf(running))
    expect((await ann.get('/')).text).toContain('views: 1')
    expect((await ann.get('/')).text).toContain('views: 2')
    await expect
      .poll(() => own.report().map(({ calls }) => calls.map(({ method }) => method)), { timeout: 30_000 })
      .toEqual([['set'], ['get', 'set']])
  })
}

test.describe('redis:', () => {
  test.use({ storeUrl: 'redis:' })

  test('examples/redis.mjs: the row is read from Redis itself, and does not live longer for it', async ({
    own,
    server,
  }) => {
    for (const name of ['connect-redis', 'redis', '@redis', 'cluster-key-slot']) {
      symlinkSync(join(root, 'node_modules', name), join(own.modules(), name), 'junction')
    }
    const file = own.write('redis.mjs', example('redis.mjs'))
    const running = await own.node([command(), file], { PORT: '0', REDIS_URL: server?.url })
    await visitor(portOf(running)).get('/')
    const { createClient } = await import('redis')
    const client = await createClient({ url: server?.url ?? '' }).connect()
    const [key = ''] = await client.keys('sess:*')
    const look = async () => (await fetch(`${panelOf(running)}__lab/inspector/panel?lang=en`)).text()
    await expect.poll(look).toContain('views')
    const left = await client.pTTL(key)
    for (let n = 0; n < 5; n++) await look()
    expect(await client.pTTL(key)).toBeLessThanOrEqual(left)
    await client.del(key) // by nobody that the inspector watches
    await expect.poll(look).toContain('removed outside of any request')
    client.destroy()
  })
})
