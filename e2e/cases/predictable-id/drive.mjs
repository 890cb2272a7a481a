export async function drive({ browser, pause }) {
  const [first, second] = [browser(), browser()]
  await pause(1030 - (Date.now() % 1000))
  await first.fetch('/basket/tea', { method: 'POST' })
  await second.fetch('/basket/screws', { method: 'POST' })
  return (await first.fetch('/basket')).body === 'screws'
}
