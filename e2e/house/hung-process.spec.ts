import { readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { root } from '../../common/places.ts'
import { listen } from '../../lab/http/listen.ts'
import { problemPage } from '../../lab/http/problems.ts'
import { openReplicas } from '../../lab/replicas/replicas.ts'
import { expect, secret, test } from '../support/fixtures.ts'

const japanese = /[ぁ-ん]/

/** Counts the POSTs that arrive, is slow where it is asked to be, or stands still for ever. */
const appCounting = (posts: string) => `import { appendFileSync } from 'node:fs'
  export const createApp = () => (req, res) => {
    if (req.method === 'POST') appendFileSync(${JSON.stringify(posts)}, 'x')
    if (req.url === '/endless') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    setTimeout(() => res.end(String(process.pid)), req.url === '/slow' ? 700 : 0)
  }`

// biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
test('a process that hangs is left: a GET goes to the other one, a POST is a 504 in words and is not sent twice', async ({}, testInfo) => {
  const file = testInfo.outputPath('app.mjs')
  const posts = testInfo.outputPath('posts')
  writeFileSync(file, appCounting(posts))
  const replicas = openReplicas({
    count: 2,
    file: relative(root, file),
    name: 'test',
    storeUrl: 'memory:',
    folder: testInfo.outputPath(),
    isSticky: false,
    isRecorded: false,
    secrets: () => [secret],
    delay: () => 0,
    limits: { silence: 200, grace: 1_000 },
  })
  const { handler, list } = replicas
  const listener = await listen((req, res) => handler(req, res, problemPage(req, res, 'test')), 0)
  const ask = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${listener?.port}${path}`, { method })
  const living = () => list().filter(({ state }) => state === 'running')

  try {
    const [one, two] = [await (await ask('/')).text(), await (await ask('/slow')).text()]
    expect(
      living().map(({ pid }) => String(pid)),
      'slow is not hung',
    ).toEqual([one, two])

    const [first] = living()
    process.kill(first?.pid ?? 0, 'SIGSTOP')
    expect(await (await ask('/')).text()).toBe(two)
    expect(list().find(({ pid }) => pid === first?.pid)).toMatchObject({ isHung: true })

    const refused = await ask('/endless', 'POST')
    expect(refused.status).toBe(504)
    const text = await refused.text()
    expect(text).toMatch(japanese)
    expect(text).toContain(`process 2 (pid ${two}) hung`)
    expect(readFileSync(posts, 'utf8'), 'it has arrived once').toBe('x')
  } finally {
    await listener?.close()
    await replicas.close()
  }
})
