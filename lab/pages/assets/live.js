// @ts-check
import { addCopyButtons } from './copy.js'

/** @typedef {ReturnType<typeof startLive>} Live */

const every = 2_000 // ms between two looks at whether the code has changed

/**
 * Presses the lab's buttons without leaving the page, and shows what has changed by it: nothing jumps, and nothing that
 * the reader has chosen or opened is lost.
 * @param {import('./frames.js').Frames} frames
 */
export function startLive(frames) {
  /** @type {string | undefined} */
  let version
  /** @type {string | undefined} */
  let chosen
  /** @type {((path: string) => void)[]} */
  const listeners = []

  /** Takes the parts that depend on what is running out of the page as it would come now. */
  function show(/** @type {string} */ html, /** @type {string} */ pressed) {
    const next = new DOMParser().parseFromString(html, 'text/html')
    for (const part of document.querySelectorAll('[data-live]')) {
      const fresh = next.getElementById(part.id)
      if (!fresh || fresh.innerHTML === part.innerHTML) continue
      const focused = document.activeElement
      const name = part.contains(focused) ? focused?.getAttribute('name') : undefined
      part.innerHTML = fresh.innerHTML
      if (name) /** @type {HTMLElement | null} */ (part.querySelector(`[name="${name}"]`))?.focus()
      if (part instanceof HTMLElement) addCopyButtons(part)
    }
    const excerpts = next.querySelectorAll('#lesson .source')
    for (const [n, excerpt] of document.querySelectorAll('#lesson .source').entries()) {
      const code = excerpts[n]?.querySelector('pre code')
      if (code) excerpt.querySelector('pre code')?.replaceWith(code)
    }
    showFrames(next, pressed)
  }

  /** Another variant may answer at another origin: its frame is another one then. */
  function showFrames(/** @type {Document} */ next, /** @type {string} */ pressed) {
    const [now, then] = [document.getElementById('frames'), next.getElementById('frames')]
    const sources = (/** @type {Element | null} */ part) =>
      [...(part?.querySelectorAll('iframe') ?? [])].map(
        (frame) => `${frame.getAttribute('src')} ${frame.sandbox}`,
      )
    if (!now || !then || sources(now).join() === sources(then).join()) {
      if (pressed === '/__lab/reset') frames.restart()
      else if (pressed === '/__lab/variant' || pressed === 'edited') frames.reloadAll()
      return
    }
    for (const element of then.querySelectorAll('.needs-script')) element.removeAttribute('hidden')
    now.innerHTML = then.innerHTML
  }

  async function refresh(/** @type {'edited' | 'chosen'} */ change) {
    const { pathname, search } = location
    const answer = await fetch(`${pathname}${search}`, { cache: 'no-store' })
    if (answer.ok) show(await answer.text(), change)
  }

  /** What has changed since the last look: the code, or what the visitors of the demo have chosen to run it with. */
  async function look() {
    const answer = await fetch('/__lab/state', { cache: 'no-store' })
    const state = await answer.json()
    const last = { version, chosen }
    version = state.version
    chosen = state.chosen
    if (last.version === undefined) return undefined
    if (last.version !== version) return 'edited'
    return last.chosen === chosen ? undefined : 'chosen'
  }

  document.addEventListener('submit', async (event) => {
    const { target: form, submitter } = event
    const action =
      submitter?.getAttribute('formaction') ?? (form instanceof HTMLFormElement ? form.action : '')
    const { pathname } = new URL(action, location.href)
    if (!(form instanceof HTMLFormElement) || !/^\/__lab\/(reset|variant|delay|kill|restart)$/.test(pathname))
      return
    if (event.defaultPrevented) return
    event.preventDefault()
    const body = new URLSearchParams()
    for (const [name, value] of new FormData(form, submitter)) body.append(name, String(value))
    const answer = await fetch(action, { method: 'POST', body })
    if (answer.ok) show(await answer.text(), pathname)
    for (const listener of listeners) listener(pathname)
    await look()
  })

  setInterval(async () => {
    if (document.visibilityState !== 'visible') return
    try {
      const change = await look()
      if (change) await refresh(change)
    } catch {
      // the lab has ended: the inspector says so
    }
  }, every)
  look().catch(() => {}) // the next one tells

  return {
    /** Calls back after one of the lab's buttons was pressed, with its path. */
    onPress: (/** @type {(path: string) => void} */ listener) => void listeners.push(listener),
  }
}
