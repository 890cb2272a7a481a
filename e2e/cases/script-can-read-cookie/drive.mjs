export async function drive({ browser }) {
  const reader = browser()
  const login = await reader.fetch('/login', { method: 'POST', form: { name: 'lena' } })
  await reader.fetch('/comments')
  // what document.cookie gives to the script in the comment
  const stolen = login.headers['set-cookie']
    .filter((line) => !/;\s*httponly/i.test(line))
    .map((line) => line.split(';')[0])
    .join('; ')
  const thief = await browser().fetch('/me', { headers: stolen ? { cookie: stolen } : {} })
  return thief.body === 'lena'
}
