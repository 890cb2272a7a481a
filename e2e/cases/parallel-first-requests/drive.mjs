export async function drive({ browser }) {
  const visitor = browser()
  await visitor.fetch('/')
  await Promise.all([
    visitor.fetch('/cart/ball', { method: 'POST' }),
    visitor.fetch('/cart/kite', { method: 'POST' }),
  ])
  const cart = await visitor.fetch('/cart')
  return cart.status === 200 && cart.body.split(', ').length === 1
}
