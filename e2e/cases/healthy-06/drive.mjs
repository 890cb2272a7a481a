export async function drive({ browser }) {
  const [reader, other] = [browser(), browser()]
  const robot = browser({ keepsCookies: false, userAgent: 'linkcheck/0.9' })
  const first = await reader.fetch('/')
  await reader.fetch('/theme', { method: 'POST', form: { theme: 'dark' } })
  const dark = await reader.fetch('/')
  const again = await reader.fetch('/', { headers: { 'if-none-match': dark.headers.etag } })
  const extras = await Promise.all([
    reader.fetch('/favicon.ico'),
    reader.fetch('/static/blog.css'),
    other.fetch('/static/blog.css'),
    robot.fetch('/', { method: 'HEAD' }),
    robot.fetch('/', { method: 'OPTIONS' }),
    robot.fetch('/favicon.ico'),
    other.fetch('/'),
    other.fetch('/nowhere'),
    robot.fetch('/'),
  ])
  const css = await reader.fetch('/static/blog.css', { headers: { 'if-none-match': extras[1].headers.etag } })
  const statuses = [first, dark, again, ...extras, css].map((answer) => answer.status).join()
  return (
    statuses === '200,200,304,204,200,200,200,204,204,200,404,200,304' &&
    dark.body.includes('dark') &&
    extras[6].body.includes('light') &&
    other.jar.size === 0
  )
}
