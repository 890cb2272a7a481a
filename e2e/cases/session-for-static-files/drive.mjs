export async function drive({ browser }) {
  const visitor = browser()
  await visitor.fetch('/')
  for (const path of ['/app.css', '/app.js', '/logo.svg', '/favicon.ico'])
    await visitor.fetch(path, { headers: { 'sec-fetch-dest': 'style' } })
  const page = await visitor.fetch('/')
  return page.body.includes('visits: 6')
}
