// @ts-check
// A language that was chosen stays chosen for pages that are opened without one: in this browser, and not in a cookie.
try {
  const key = 'express-session-lab.language'
  const address = new URL(location.href)
  if (!address.searchParams.has('lang') && localStorage.getItem(key) === 'en') {
    address.searchParams.set('lang', 'en')
    location.replace(address)
  }
  document.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest('header a[lang]') : null
    if (link instanceof HTMLAnchorElement) localStorage.setItem(key, link.lang)
  })
} catch {} // a browser that keeps nothing for pages
