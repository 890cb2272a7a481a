export async function drive({ browser }) {
  const visitor = browser()
  await visitor.fetch('/basket/add/mate')
  await visitor.fetch('/basket')
  await visitor.fetch('/basket/add/green-tea', {
    headers: { 'sec-purpose': 'prefetch', 'sec-fetch-site': 'none' },
  })
  const basket = await visitor.fetch('/basket')
  return basket.body === 'mate, green-tea'
}
