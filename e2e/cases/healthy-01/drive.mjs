const names = ['weather', 'stocks', 'mails', 'tasks', 'news', 'clock']
export async function drive({ browser }) {
  const [ana, bo] = [browser(), browser()]
  const probe = browser({ keepsCookies: false, userAgent: 'probe/1.0' })
  await ana.fetch('/login', { method: 'POST', form: { name: 'ana', city: 'Turku' } })
  await bo.fetch('/login', { method: 'POST', form: { name: 'bo', city: 'Aarhus' } })
  const answers = await Promise.all([
    ...names.map((name) => ana.fetch(`/widget/${name}`)),
    ...names.map((name) => bo.fetch(`/widget/${name}`)),
    ...names.map((name) => ana.fetch(`/widget/${name}`)),
    probe.fetch('/healthz'),
    probe.fetch('/healthz'),
  ])
  const unknown = await ana.fetch('/widget/moon')
  const right =
    JSON.parse(answers[0].body).city === 'Turku' &&
    JSON.parse(answers[8].body).user === 'bo' &&
    JSON.parse(answers[14].body).user === 'ana'
  return (
    right &&
    unknown.status === 404 &&
    answers.every((answer) => answer.status === 200) &&
    !answers.at(-1).headers['set-cookie']
  )
}
