// @ts-check
import './findings.js'
import { Idiomorph } from './idiomorph.js'

const every = 700 // ms between two polls
const endpoint = '/__lab/inspector/panel'
const longestInSeconds = 120
const announced = [10, 5, 0] // seconds
// as in panel/print.ts
const late = 0.2 // seconds
const urgent = 3 // seconds

/** As `fill` in panel/print.ts. */
const fill = (/** @type {string | undefined} */ text, /** @type {number} */ count) =>
  text?.replace('{count}', String(count))

const panel = document.getElementById('inspector-panel')
if (panel) start(panel)

/** @param {HTMLElement} panel */
function start(panel) {
  let ahead = Number(panel.dataset['now']) - Date.now() // ms that the server's clock is ahead of ours
  let query = panel.dataset['poll'] ?? '?'
  let version = panel.dataset['version'] ?? ''
  let isBusy = false
  let isWanted = false
  /** @type {string[]} */
  let said = []
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  const live = document.createElement('p')
  live.className = 'hidden'
  live.setAttribute('role', 'status')
  panel.after(live)

  const lost = document.createElement('p')
  lost.className = 'notice lost'
  lost.setAttribute('role', 'status')
  panel.before(lost)
  lost.hidden = true

  async function poll() {
    clearTimeout(timer)
    if (isBusy) {
      isWanted = true
      return
    }
    isBusy = true
    isWanted = false
    const asked = query
    try {
      const answer = await fetch(`${endpoint}${query}&version=${encodeURIComponent(version)}`, {
        cache: 'no-store',
      })
      ahead = Number(answer.headers.get('X-Now')) - Date.now()
      lost.hidden = true
      if (answer.status === 200 && asked === query) show(await answer.text())
    } catch {
      lost.hidden = false
      lost.textContent = panel.dataset['lost'] ?? ''
    }
    isBusy = false
    if (isWanted) return poll()
    if (document.visibilityState === 'visible') timer = setTimeout(poll, every)
  }

  /** @param {string} html */
  function show(html) {
    const timeline = document.getElementById('inspector-timeline')
    const wasAtEnd = !timeline || timeline.scrollLeft + timeline.clientWidth >= timeline.scrollWidth - 8
    Idiomorph.morph(panel, html, {
      morphStyle: 'outerHTML',
      ignoreActiveValue: true,
      restoreFocus: true,
      callbacks: {
        // what the reader has opened, or typed, is the reader's
        beforeAttributeUpdated: (name, node) => !(name === 'open' && node instanceof HTMLDetailsElement),
        beforeNodeMorphed: (old) => !(old instanceof HTMLTextAreaElement),
      },
    })
    version = panel.dataset['version'] ?? ''
    if (wasAtEnd && panel.dataset['live'] === 'true') scrollToEnd()
    prepare()
    tick()
  }

  const scrollToEnd = () => {
    const timeline = document.getElementById('inspector-timeline')
    if (timeline) timeline.scrollLeft = timeline.scrollWidth
  }

  /** Brings the chosen moment into the middle of the timeline, or its end where none is chosen; the page stays where it is. */
  function scrollToChosen() {
    const timeline = document.getElementById('inspector-timeline')
    const chosen = timeline?.querySelector('a[data-moment][aria-current]')?.getBoundingClientRect()
    if (!timeline || !chosen) return scrollToEnd()
    const { left, width } = timeline.getBoundingClientRect()
    timeline.scrollLeft += chosen.left + chosen.width / 2 - left - width / 2
  }

  /** Shows another moment, browser or list without leaving the page: the app beside it goes on undisturbed. */
  async function go(/** @type {string} */ address, isNew = true) {
    query = new URL(address, location.href).search || '?'
    version = ''
    if (isNew) history.pushState(null, '', address)
    keepLanguages()
    await poll()
    panel
      .querySelector('a[data-moment][aria-current]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }

  /** The same moment in the other language. */
  function keepLanguages() {
    for (const link of document.querySelectorAll('a[data-language]')) {
      const params = new URLSearchParams(query)
      params.set('lang', link.getAttribute('data-language') ?? '')
      link.setAttribute('href', `?${params}`)
    }
  }

  /** @type {Map<string, number>} what was left, in seconds, when a clock was last looked at */
  const before = new Map()

  function tick() {
    const now = Date.now() + ahead
    const scale = Number(panel.dataset['scale'])
    for (const element of panel.querySelectorAll('[data-expires]')) {
      const left = Math.max(0, (Number(element.getAttribute('data-expires')) - now) / 1000)
      if (element instanceof SVGElement) {
        element.setAttribute('width', String(Math.min(100, (left / scale) * 100)))
        element.closest('.countdown')?.classList.toggle('is-urgent', left < urgent)
        continue
      }
      const whole = Math.max(0, Math.ceil(left - late))
      if (whole > longestInSeconds) continue // in minutes or longer, as the server wrote it
      const text = whole === 0 ? panel.dataset['over'] : fill(panel.dataset['seconds'], whole)
      if (element.textContent !== text) element.textContent = text ?? ''
      const what = element.getAttribute('data-announce')
      if (what) announce(what, `${what} ${element.getAttribute('data-expires')}`, whole)
    }
    // cookie and row may be due at once: the second must not take the place of the first
    if (said.length > 0) live.textContent = said.join(' ')
    said = []
  }

  function announce(/** @type {string} */ what, /** @type {string} */ clock, /** @type {number} */ whole) {
    const last = before.get(clock)
    before.set(clock, whole)
    // a busy browser may skip a second: what counts is that it has been passed
    const passed = last === undefined ? undefined : announced.find((at) => last > at && whole <= at)
    if (passed === undefined) return
    const isCookie = what === 'cookie'
    const left = isCookie ? panel.dataset['announceCookie'] : panel.dataset['announceRow']
    const over = isCookie ? panel.dataset['overCookie'] : panel.dataset['overRow']
    said.push((passed === 0 ? over : fill(left, whole)) ?? '')
    if (before.size > 50) before.clear()
  }

  function prepare() {
    for (const element of panel.querySelectorAll('.needs-script')) element.removeAttribute('hidden')
  }

  document.addEventListener('click', (event) => {
    const inside =
      event.target instanceof Element ? event.target.closest('a[href="#inspector-details"]') : null
    if (inside) document.getElementById('inspector-details-fold')?.setAttribute('open', '')
    const link =
      event.target instanceof Element ? event.target.closest('#inspector-panel a[href^="?"]') : null
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
    if (!(link instanceof HTMLAnchorElement) || !isPlain || new URL(link.href).search.includes('record='))
      return
    if (location.search.includes('record=')) return
    event.preventDefault()
    void go(link.getAttribute('href') ?? '?')
  })

  document.addEventListener('keydown', (event) => {
    if (!(event.target instanceof Element) || !event.target.closest('#inspector-timeline')) return
    const links = [...panel.querySelectorAll('a[data-moment]')].filter(
      (link) => link instanceof HTMLAnchorElement,
    )
    const focused = links.findIndex((link) => link.matches(':focus'))
    const chosen = links.findIndex((link) => link.hasAttribute('aria-current'))
    const from = focused >= 0 ? focused : chosen >= 0 ? chosen : links.length
    const places = new Map([
      ['ArrowLeft', Math.max(0, from - 1)],
      ['ArrowRight', Math.min(links.length - 1, from + 1)],
      ['Home', 0],
      ['End', links.length - 1],
    ])
    if (event.key === 'Escape') {
      const back = panel.querySelector('a[data-live-link]')
      if (back) void go(back.getAttribute('href') ?? '?')
      return
    }
    const link = links[places.get(event.key) ?? -1]
    if (!link) return
    event.preventDefault()
    link.focus()
    void go(link.getAttribute('href') ?? '?')
  })

  document.addEventListener('submit', async (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || !form.matches('[data-inspector-form]')) return
    event.preventDefault()
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams({ page: 'alone' }) })
    await go(new URL(answer.url).search || '?')
    panel.scrollIntoView() // what came of it is told at the top
  })

  document.addEventListener('change', async (event) => {
    const input = event.target
    if (!(input instanceof HTMLInputElement) || input.id !== 'inspector-file') return
    const record = document.getElementById('inspector-record')
    const file = input.files?.[0]
    if (file && record instanceof HTMLTextAreaElement) record.value = await file.text()
  })

  addEventListener('popstate', () => void go(location.href, false))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void poll()
  })
  // `load` does not bubble; what the app did has just arrived
  document.addEventListener('load', (event) => event.target instanceof HTMLIFrameElement && void poll(), true)

  if (panel.clientWidth < 608) {
    for (const fold of panel.querySelectorAll('[data-folds]')) fold.removeAttribute('open')
  }
  prepare()
  scrollToChosen()
  setInterval(tick, 250)
  void poll()
}
