export async function drive({ browser, pause }) {
  const visitor = browser()
  await visitor.fetch('/seat/7', { method: 'POST' })
  await visitor.fetch('/seat')
  await visitor.fetch('/unplug', { method: 'POST' })
  const asked = visitor.fetch('/seat').then(
    (answer) => answer.status,
    () => 0,
  )
  const seen = await Promise.race([asked, pause(3500).then(() => 'still loading')])
  return seen === 'still loading'
}
