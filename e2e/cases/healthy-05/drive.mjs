const https = (address) => ({
  'x-forwarded-for': address,
  'x-forwarded-proto': 'https',
  'sec-fetch-site': 'same-origin',
})
export async function drive({ browser }) {
  const [ana, bo] = [browser(), browser()]
  const balancer = browser({ keepsCookies: false, userAgent: 'balancer/3' })
  const [a, b] = [https('203.0.113.5'), https('203.0.113.6')]
  const plain = await ana.fetch('/note', {
    headers: { 'x-forwarded-for': '203.0.113.5', 'x-forwarded-proto': 'http' },
  })
  await ana.fetch('/login', { method: 'POST', json: { name: 'ana' }, headers: a })
  await bo.fetch('/login', { method: 'POST', json: { name: 'bo' }, headers: b })
  await Promise.all([
    ana.fetch('/note', { method: 'PUT', json: { note: 'milk' }, headers: a }),
    bo.fetch('/note', { method: 'PUT', json: { note: 'ink' }, headers: b }),
  ])
  const reads = await Promise.all(
    [...Array(3)].flatMap(() => [
      ana.fetch('/note', { headers: a }),
      bo.fetch('/note', { headers: b }),
      balancer.fetch('/healthz'),
    ]),
  )
  const right = reads.every(
    (read, n) => [`{"user":"ana","note":"milk"}`, `{"user":"bo","note":"ink"}`, 'ok'][n % 3] === read.body,
  )
  return right && plain.status === 308 && [...ana.jar.keys()].join() === '__Host-vault;/'
}
