const https = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' }
export async function drive({ browser }) {
  const guest = browser()
  const login = await guest.fetch('/login', { method: 'POST', form: { name: 'sven' }, headers: https })
  await guest.fetch('/me', { headers: https })
  // an old http:// link: a browser sends only cookies without Secure there, and everybody in the room can read them
  const bare = login.headers['set-cookie']
    .filter((line) => !/;\s*secure/i.test(line))
    .map((line) => line.split(';')[0])
    .join('; ')
  await guest.fetch('/me', {
    headers: { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'http', ...(bare && { cookie: bare }) },
    sendsCookies: false,
  })
  if (!bare) return false
  const other = await browser().fetch('/me', {
    headers: { ...https, 'x-forwarded-for': '203.0.113.77', cookie: bare },
  })
  return other.body === 'sven'
}
