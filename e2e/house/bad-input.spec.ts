import { connect } from 'node:net'
import { expect, test } from '../support/fixtures.ts'

const japanese = /[ぁ-ん]/

/** Sends bytes as they are and gives back everything that is answered. Ends after 5 s at the latest. */
function raw(url: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes))
    socket.setTimeout(5_000, () => socket.destroy())
    socket.on('data', (data) => {
      answer += data
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', (error) => (answer ? resolve(answer) : reject(error)))
  })
}

test.use({ app: 'login' })

test.beforeEach(async ({ request, demo }) => {
  await request.post('/login', { form: { user: 'hanako' } })
  expect(demo.lab.variant().name).toBe('app')
})

test.afterEach('the process goes on, and another session is untouched', async ({ request }) => {
  expect(await (await request.get('/')).text()).toContain('hello, hanako!')
})

const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' }
for (const [what, options, status] of [
  ['no body', {}, 400],
  ['an empty form', { headers: urlencoded, data: '' }, 400],
  ['a JSON body', { data: { user: 'a' } }, 400],
  ['user=a&user=b', { headers: urlencoded, data: 'user=a&user=b' }, 400],
  ['user[x]=1', { headers: urlencoded, data: 'user[x]=1' }, 400],
  ['a 5 MB body', { headers: urlencoded, data: `user=${'a'.repeat(5_000_000)}` }, 413],
  [
    'an unknown charset',
    { headers: { 'content-type': `${urlencoded['content-type']}; charset=nope` }, data: 'user=a' },
    415,
  ],
  [
    'a body that is not gzip as it says',
    { headers: { ...urlencoded, 'content-encoding': 'gzip' }, data: 'user=a' },
    400,
  ],
] as const) {
  test(`login with ${what} is answered with ${status} and a page in words`, async ({ playwright, demo }) => {
    const stranger = await playwright.request.newContext({ baseURL: demo.url })
    const response = await stranger.post('/login', { ...options, maxRedirects: 0 })
    expect(response.status()).toBe(status)
    expect(response.headers()['content-type']).toBe('text/html; charset=utf-8')
    expect(await response.text()).toMatch(japanese)
    await stranger.dispose()
  })
}

for (const [what, head, status] of [
  ['broken percent-encoding in the path', 'GET /%E0%A4%A HTTP/1.1\r\nHost: localhost', 404],
  [
    'broken percent-encoding in the cookie',
    'GET / HTTP/1.1\r\nHost: localhost\r\nCookie: login.sid=s%3A%E0%A4%A.x',
    200,
  ],
  ['a cookie that is only s:', 'GET / HTTP/1.1\r\nHost: localhost\r\nCookie: login.sid=s%3A', 200],
  ['a 100 kB Cookie header', `GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=${'x'.repeat(100_000)}`, 431],
  ['a method that does not exist', 'BREW / HTTP/1.1\r\nHost: localhost', 501],
  ['a method that the app does not serve', 'DELETE / HTTP/1.1\r\nHost: localhost', 404],
  ['what is no HTTP at all', 'こんにちは', 400],
  ['a request without Host', 'GET / HTTP/1.1', 400],
] as const) {
  test(`${what} is answered with ${status}`, async ({ demo }) => {
    const answer = await raw(demo.url, `${head}\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  })
}

test('a visitor who hangs up in the middle of a form harms nobody', async ({ demo }) => {
  await new Promise<void>((resolve) => {
    const socket = connect(Number(new URL(demo.url).port), '127.0.0.1', () => {
      socket.write(
        'POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n\r\nuser=',
        () => socket.destroy(),
      )
    })
    socket.on('close', () => resolve())
  })
})
