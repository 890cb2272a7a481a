const https = { 'x-forwarded-for': '203.0.113.14', 'x-forwarded-proto': 'https' }
export async function drive({ browser }) {
  const buyer = browser()
  const order = await buyer.fetch('/order/3', {
    method: 'POST',
    headers: { ...https, origin: 'https://theatre.test', 'sec-fetch-site': 'same-origin' },
  })
  const goesAnywhere = /samesite=none/i.test(order.headers['set-cookie']?.[0]) // a browser posts to another site only such cookies
  const paid = await buyer.fetch('/paid', {
    method: 'POST',
    form: { state: 'ok' },
    sendsCookies: goesAnywhere,
    headers: {
      ...https,
      origin: 'https://bank.test',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    },
  })
  return paid.body === 'no order found'
}
