export async function drive({ browser }) {
  const reader = browser()
  await reader.fetch('/login', { method: 'POST', form: { name: 'eva' } })
  await reader.fetch('/me')
  await reader.fetch('/logout', {
    headers: {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
      referer: 'https://prank.example/',
    },
  })
  return (await reader.fetch('/me')).body === 'nobody'
}
