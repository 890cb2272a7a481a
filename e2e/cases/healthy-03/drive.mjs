export async function drive({ browser }) {
  const [pc, other] = [browser(), browser()]
  const login = (visitor, name, password) =>
    visitor.fetch('/login', { method: 'POST', json: { name, password } })
  const me = async (visitor) => JSON.parse((await visitor.fetch('/me')).body).user
  const seen = []
  await login(other, 'paul', 'wet-slate')
  for (const [name, password] of [
    ['ines', 'cork-oak'],
    ['paul', 'wet-slate'],
    ['ines', 'cork-oak'],
  ]) {
    seen.push((await login(pc, name, 'mistyped')).status)
    await login(pc, name, password)
    seen.push(...(await Promise.all([me(pc), me(pc), me(other)])))
    await pc.fetch('/logout', { method: 'POST' })
    seen.push(await me(pc), pc.jar.size)
  }
  return seen.join() === '401,ines,ines,paul,,0,401,paul,paul,paul,,0,401,ines,ines,paul,,0'
}
