// @ts-check

const smallPage = 280 // px

/** @typedef {ReturnType<typeof startFrames>} Frames */

/** Makes small browsers of the demo's frames: back, reload, a path to go to, and a height that fits what they show. */
export function startFrames() {
  /** Where each frame has been, newest last. @type {WeakMap<HTMLIFrameElement, string[]>} */
  const visited = new WeakMap()
  const named = (/** @type {string} */ name) =>
    /** @type {HTMLIFrameElement | null} */ (document.querySelector(`iframe[name="${name}"]`))

  /** What a frame shows; undefined where that is of another origin. */
  function pageIn(/** @type {HTMLIFrameElement} */ frame) {
    try {
      return frame.contentDocument ?? undefined
    } catch {
      return undefined
    }
  }

  function follow(/** @type {HTMLIFrameElement} */ frame) {
    const page = pageIn(frame)
    const address = page?.location.href ?? frame.src
    const been = visited.get(frame) ?? []
    if (been.at(-1) !== address && address !== 'about:blank') visited.set(frame, [...been, address])
    const { pathname, search } = new URL(address, location.href)
    const path = barOf(frame)?.querySelector('input')
    if (path && document.activeElement !== path) path.value = `${pathname}${search}`.slice(1)
    const back = barOf(frame)?.querySelector('[data-browser="back"]')
    if (back instanceof HTMLButtonElement) back.disabled = (visited.get(frame) ?? []).length < 2
    if (page) fit(frame, page)
  }

  /**
   * The frame is as high as what it shows; its stylesheet says how high it may become. Into frames of another origin
   * nobody can look: they are as high as the one beside them, and high enough for a small page.
   */
  function fit(/** @type {HTMLIFrameElement} */ frame, /** @type {Document} */ page) {
    const resize = () => {
      const height = Math.ceil(page.documentElement.getBoundingClientRect().height) + 2
      frame.style.height = `${height}px`
      for (const each of document.querySelectorAll('iframe'))
        if (!pageIn(each)) each.style.height = `${Math.max(height, smallPage)}px`
    }
    resize()
    const { defaultView } = page
    if (defaultView && page.body) new defaultView.ResizeObserver(resize).observe(page.body)
  }

  const barOf = (/** @type {HTMLIFrameElement} */ frame) => frame.closest('.browser')?.querySelector('form')
  const frameOf = (/** @type {Element} */ inside) =>
    /** @type {HTMLIFrameElement | null} */ (inside.closest('.browser')?.querySelector('iframe') ?? null)

  function go(/** @type {HTMLIFrameElement | null} */ frame, /** @type {string} */ address) {
    if (!frame) return
    const page = pageIn(frame)
    if (page) page.location.href = address
    else frame.src = address
  }

  function reload(/** @type {HTMLIFrameElement | null} */ frame) {
    if (!frame) return
    const page = pageIn(frame)
    if (page) page.location.reload()
    else frame.src = frame.src.split('#')[0] ?? ''
  }

  function back(/** @type {HTMLIFrameElement | null} */ frame) {
    const been = frame && visited.get(frame)
    if (!frame || !been || been.length < 2) return
    visited.set(frame, been.slice(0, -2))
    go(frame, been.at(-2) ?? '')
  }

  document.addEventListener('submit', (event) => {
    const { target: form, submitter } = event
    if (!(form instanceof HTMLFormElement) || !form.matches('.address')) return
    event.preventDefault()
    const path = form.querySelector('input')
    if (!path || submitter !== document.activeElement)
      return go(frameOf(form), `${form.action}${path?.value ?? ''}`)
    reload(frameOf(form))
  })

  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-browser="back"]') : null
    if (button) back(frameOf(button))
  })

  // `load` does not bubble
  document.addEventListener(
    'load',
    (event) => {
      if (event.target instanceof HTMLIFrameElement) follow(event.target)
    },
    true,
  )
  for (const frame of document.querySelectorAll('iframe')) follow(frame)

  return {
    /** Opens an address in the frame of this name. */
    open: (/** @type {string} */ name, /** @type {string} */ address) => go(named(name), address),
    reload: (/** @type {string} */ name) => reload(named(name)),
    /** Every frame begins where it began. */
    restart() {
      for (const frame of document.querySelectorAll('iframe')) go(frame, frame.src)
    },
    reloadAll() {
      for (const frame of document.querySelectorAll('iframe')) reload(frame)
    },
    /** What the app has written into an element of its page, in whatever language that is shown; undefined where there is none. */
    written(/** @type {string} */ selector) {
      const frame = named(`demo-app.${document.documentElement.lang}`)
      const page = frame ? pageIn(frame) : undefined
      const element = page?.querySelector(selector)
      const view = /** @type {{ writtenIn?: (element: Element) => string } | null | undefined} */ (
        page?.defaultView
      )
      return element && (view?.writtenIn?.(element) ?? element.textContent)
    },
  }
}
