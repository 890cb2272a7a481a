// @ts-check
import { startAnswers } from './answers.js'
import { addCopyButtons } from './copy.js'

const isWide = () => matchMedia('(min-width: 62.5rem)').matches

/**
 * Shows one step at a time, and does what the links in it say without leaving the page.
 * @param {import('./frames.js').Frames} frames
 * @param {import('./live.js').Live} live
 */
export function startLesson(frames, live) {
  const lesson = document.getElementById('lesson')
  if (!lesson) return
  const steps = [...lesson.querySelectorAll('.step')].filter((step) => step instanceof HTMLElement)
  const answers = startAnswers(lesson, frames)
  lesson.classList.add('one-at-a-time')

  const current = () => steps.find((step) => step.classList.contains('is-current'))

  /** @param {Element | undefined} step */
  function show(step, isWanted = true) {
    if (!(step instanceof HTMLElement)) return
    for (const each of steps) each.classList.toggle('is-current', each === step)
    for (const link of lesson?.querySelectorAll('.steps a') ?? []) {
      if (link.getAttribute('href') === `#${step.id}`) link.setAttribute('aria-current', 'step')
      else link.removeAttribute('aria-current')
    }
    answers.keepStep(step.id)
    if (!isWanted) return
    history.replaceState(null, '', `${location.search}#${step.id}`)
    lesson?.scrollTo(0, 0)
    if (isWide()) scrollTo(0, 0)
    step.focus({ preventScroll: isWide() })
  }

  /** The step that an anchor names, or is in. */
  const stepAt = (/** @type {string} */ anchor) => {
    const target = anchor.startsWith('#') ? document.getElementById(anchor.slice(1)) : null
    return target?.closest('.step') ?? undefined
  }

  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey
    if (!link || !isPlain) return
    const step = stepAt(link.getAttribute('href') ?? '')
    if (step) {
      event.preventDefault()
      return show(step)
    }
    const act = link.dataset['do']
    if (act === 'open') frames.open(link.target, link.href)
    else if (act === 'reload') frames.reload(link.target)
    // a page in which a visitor's script may run does not get hold of this one
    else if (act === 'tab') window.open(link.href, '_blank', 'noopener,popup,width=520,height=560')
    else if (act === 'curl') void showCommand(link)
    else return
    event.preventDefault()
  })

  /** The command stays as it was made, with the cookie of then, until it is asked for once more. */
  async function showCommand(/** @type {HTMLAnchorElement} */ link) {
    const answer = await fetch(link.href, { cache: 'no-store' })
    const block = link.closest('p, li') ?? link
    const known = block.nextElementSibling
    const shown = known?.matches('.command') ? known : document.createElement('div')
    shown.className = 'command'
    const code = document.createElement('pre')
    code.tabIndex = 0
    code.append(document.createElement('code'))
    if (code.firstElementChild) code.firstElementChild.textContent = (await answer.text()).trim()
    shown.replaceChildren(code)
    block.after(shown)
    addCopyButtons(/** @type {HTMLElement} */ (shown))
  }

  document.addEventListener('keydown', (event) => {
    const { target, key } = event
    const isTaken =
      target instanceof Element &&
      target.closest('input, select, textarea, iframe, pre, .scroll, #inspector-timeline')
    if (isTaken || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const move = { ArrowLeft: -1, ArrowRight: 1 }[key]
    if (!move) return
    const step = steps[steps.indexOf(/** @type {HTMLElement} */ (current())) + move]
    if (!step) return
    event.preventDefault()
    show(step)
  })

  addEventListener('hashchange', () => show(stepAt(location.hash)))
  live.onPress((path) => {
    const step = current()
    if (step && (path === '/__lab/reset' || path === '/__lab/variant')) answers.begin(step.id)
  })
  // the browser goes to the anchor by itself: where all fits on the screen, the head of the page stays in sight
  addEventListener('load', () => setTimeout(() => isWide() && stepAt(location.hash) && scrollTo(0, 0)))
  const wanted = stepAt(location.hash)
  show(wanted ?? steps.find(({ id }) => id === answers.lastStep()) ?? steps[0], wanted !== undefined)
}
