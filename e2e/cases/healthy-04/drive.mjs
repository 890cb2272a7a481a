export async function drive({ browser, pause }) {
  const [early, late] = [browser(), browser()]
  await early.fetch('/begin', { method: 'POST' })
  await late.fetch('/begin', { method: 'POST' })
  const statuses = []
  for (let n = 0; n < 5; n++) {
    await pause(500)
    const [a, b] = await Promise.all([
      early.fetch('/progress'),
      late.fetch('/answer', { method: 'PUT', json: { answer: n } }),
    ])
    statuses.push(a.status, b.status)
  }
  await pause(2350)
  const [gone, goneToo] = await Promise.all([
    early.fetch('/progress'),
    late.fetch('/answer', { method: 'PUT', json: { answer: 9 } }),
  ])
  await early.fetch('/begin', { method: 'POST' })
  const fresh = await early.fetch('/progress')
  return (
    statuses.every((status) => status === 200) &&
    gone.status === 440 &&
    goneToo.status === 440 &&
    fresh.status === 200
  )
}
