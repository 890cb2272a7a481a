async function follow(visitor, path, form) {
  const moved = await visitor.fetch(path, { method: 'POST', form })
  if (moved.status !== 303) return null
  return JSON.parse((await visitor.fetch(moved.headers.location)).body)
}
async function visit(visitor, name, colours) {
  const home = await follow(visitor, '/login', { name })
  if (home?.user !== name) return false
  for (const colour of colours) {
    const page = await follow(visitor, '/colour', { colour })
    if (page?.colour !== colour || page.user !== name) return false
  }
  return true
}
export async function drive({ browser }) {
  const all = await Promise.all([
    visit(browser(), 'ana', ['red', 'teal']),
    visit(browser(), 'bo', ['grey']),
    visit(browser(), 'cem', ['blue', 'gold']),
  ])
  return all.every(Boolean)
}
