// @ts-check
// The first page leads on: to the language that was chosen here, else to the one that the browser prefers, else to Japanese.
;(() => {
  const key = 'express-session-lab.language' // as in the lab
  const isOurs = (/** @type {string | null} */ language) => language === 'ja' || language === 'en'
  const kept = () => {
    try {
      return localStorage.getItem(key)
    } catch {
      return null // a browser that keeps nothing for pages
    }
  }
  if (document.documentElement.hasAttribute('data-first')) {
    const chosen = [kept(), ...navigator.languages.map((language) => language.slice(0, 2))].find(isOurs)
    location.replace(`${chosen ?? 'ja'}/index.html`)
  }
  document.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest('a[hreflang]') : null
    try {
      if (link instanceof HTMLAnchorElement) localStorage.setItem(key, link.hreflang)
    } catch {} // as above
  })
})()
