export async function drive({ browser }) {
  const player = browser()
  const login = await player.fetch('/login', { method: 'POST', form: { name: 'nils' } })
  await player.fetch('/email')
  // Chromium: a cookie without SameSite that is younger than two minutes goes along with a form of another site
  const goesAlong = !login.headers['set-cookie'].some((line) => /;\s*samesite=/i.test(line))
  if (goesAlong) {
    const headers = {
      origin: 'https://game.example',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    }
    await player.fetch('/email', { method: 'POST', form: { email: 'x@bad.example' }, headers })
  }
  return (await player.fetch('/email')).body === 'x@bad.example'
}
