export async function drive({ browser, pause }) {
  const visitor = browser()
  await visitor.fetch('/points')
  const asked = visitor.fetch('/points/250', { method: 'POST' }).then(
    (answer) => answer.body,
    () => 'cut off',
  )
  const seen = await Promise.race([asked, pause(2000).then(() => 'still loading')])
  return seen === 'still loading'
}
