// @ts-check
// A language that was chosen, at a switch or by the address, stays chosen for pages that are opened without one: in this
// browser, and not in a cookie.
try {
  const key = 'express-session-lab.language'
  const address = new URL(location.href)
  const asked = address.searchParams.get('lang')
  if (asked === 'ja' || asked === 'en') {
    localStorage.setItem(key, asked)
  } else if (localStorage.getItem(key) === 'en') {
    address.searchParams.set('lang', 'en')
    location.replace(address)
  }
  document.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest('a') : null
    if (!link) return
    if (link.matches('header a[lang]')) return localStorage.setItem(key, link.lang)
    // each scenario has an origin of its own, which may have kept another language
    const isToScenario = link.hostname === location.hostname && !link.target
    if (!isToScenario || (link.port === location.port && !link.pathname.startsWith('/go/'))) return
    const to = new URL(link.href)
    if (!to.searchParams.has('lang')) to.searchParams.set('lang', document.documentElement.lang)
    link.href = to.href
  })
} catch {} // a browser that keeps nothing for pages
