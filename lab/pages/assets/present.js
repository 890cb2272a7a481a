// @ts-check

const screens = [...document.querySelectorAll('.screen')].filter((one) => one instanceof HTMLElement)
const main = document.querySelector('main')
const reveal = /** @type {HTMLButtonElement} */ (document.getElementById('reveal'))
const { slug, notYet = '', mixed = '' } = main?.dataset ?? {}
const revealWord = reveal.textContent ?? ''

for (const element of document.querySelectorAll('.needs-script')) element.removeAttribute('hidden')
main?.classList.add('one-at-a-time')

/** When each experiment was shown first or started over, in ms since the epoch: what was before is not measured. */
const since = readSince()

/** @returns {Record<string, number>} */
function readSince() {
  try {
    return JSON.parse(sessionStorage.getItem(`present ${slug}`) ?? '{}')
  } catch {
    return {}
  }
}

function begin(/** @type {string} */ step) {
  since[step] = Date.now()
  try {
    sessionStorage.setItem(`present ${slug}`, JSON.stringify(since))
  } catch {
    // storage is switched off: a reload measures from then on
  }
}

const current = () => screens.find((screen) => screen.classList.contains('is-current'))
const stepOf = (/** @type {HTMLElement} */ screen) => screen.dataset['step'] ?? ''
const isAnswer = (/** @type {HTMLElement} */ screen) => screen.classList.contains('is-answer')
const folded = (/** @type {HTMLElement} */ screen) => [...screen.querySelectorAll('details:not([open])')]

/** @param {HTMLElement | undefined} screen */
function show(screen) {
  if (!screen) return
  for (const each of screens) each.classList.toggle('is-current', each === screen)
  history.replaceState(null, '', `${location.search}#${screen.id}`)
  if (screen.classList.contains('is-ask') && !since[stepOf(screen)]) begin(stepOf(screen))
  for (const link of document.querySelectorAll('a[data-follows]'))
    if (link instanceof HTMLAnchorElement)
      link.hash = link.dataset['follows'] === 'step' ? stepOf(screen) : screen.id
  const progress = document.getElementById('progress')
  const last = screens.at(-1)?.dataset['place']
  if (progress) progress.textContent = `${screen.dataset['place']} / ${last}`
  follow(screen)
  scrollTo(0, 0)
  screen.focus({ preventScroll: true })
  if (isAnswer(screen)) void measure(screen)
}

/** The buttons do what is left to do. */
function follow(/** @type {HTMLElement} */ screen) {
  const at = screens.indexOf(screen)
  reveal.disabled = !isAnswer(screen) && !answerOf(screen) && folded(screen).length === 0
  reveal.textContent = (isAnswer(screen) ? reveal.dataset['hide'] : revealWord) ?? ''
  for (const button of document.querySelectorAll('[data-turn]'))
    if (button instanceof HTMLButtonElement) button.disabled = !screens[at + Number(button.dataset['turn'])]
}

const answerOf = (/** @type {HTMLElement} */ screen) =>
  screens.find((each) => isAnswer(each) && stepOf(each) === stepOf(screen))

/** Shows what is folded, then the answer; and hides the answer again. */
function turnAnswer() {
  const screen = current()
  if (!screen) return
  const hidden = folded(screen)
  for (const each of hidden) each.setAttribute('open', '')
  if (isAnswer(screen)) show(screens[screens.indexOf(screen) - 1])
  else if (hidden.length === 0) show(answerOf(screen))
  else follow(screen)
}

function turn(/** @type {number} */ by) {
  const screen = current()
  if (screen) show(screens[screens.indexOf(screen) + by])
}

/** Like `turn`, but what a screen has below the edge of the wall comes first. */
function turnPage(/** @type {number} */ by) {
  const page = document.documentElement
  const room = innerHeight - (document.querySelector('footer')?.offsetHeight ?? 0)
  const left = by > 0 ? page.scrollHeight - innerHeight - page.scrollTop : page.scrollTop
  if (left > 2) scrollBy(0, by * room * 0.85)
  else turn(by)
}

/** What the lab has measured so far, beside the answer. */
async function measure(/** @type {HTMLElement} */ screen) {
  const places = screen.querySelectorAll('.measured')
  if (places.length === 0) return
  const step = stepOf(screen)
  const answer = await fetch(`/__lab/measured?step=${step}&since=${since[step] ?? 0}`, { cache: 'no-store' })
  if (!answer.ok) return
  const found = await answer.json()
  for (const place of places) {
    const row = place.closest('[data-question]')
    const value = found[row?.getAttribute('data-question') ?? '']
    const fact = value === null ? notYet : labelOf(row, value)
    const isOther = value !== null && fact !== row?.querySelector('.is-right')?.textContent?.trim()
    place.textContent = isOther ? `${fact} — ${mixed}` : fact
  }
}

/** The choice that stands for what was measured; where there is none, the bare value. */
function labelOf(/** @type {Element | null} */ row, /** @type {string} */ value) {
  const id = row?.getAttribute('data-question')
  const choices = [...document.querySelectorAll(`.choices[data-question="${id}"] li`)]
  return choices.find((one) => one.getAttribute('data-value') === value)?.textContent?.trim() ?? value
}

/** What each key does; those of a presenter's remote control are among them. @type {Record<string, () => void>} */
const keys = {
  ArrowRight: () => turn(1),
  ArrowLeft: () => turn(-1),
  PageDown: () => turnPage(1),
  ' ': () => turnPage(1),
  PageUp: () => turnPage(-1),
  Enter: turnAnswer,
  Home: () => show(screens[0]),
  End: () => show(screens.at(-1)),
}

document.addEventListener('keydown', (event) => {
  const { target, key } = event
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const isPressing = key === ' ' || key === 'Enter'
  if (isPressing && target instanceof Element && target.closest('a, button, summary')) return
  const act = keys[key]
  if (!act) return
  event.preventDefault()
  act()
})

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button') : null
  if (button === reveal) turnAnswer()
  else if (button?.dataset['turn']) turn(Number(button.dataset['turn']))
})

document.addEventListener('submit', ({ submitter }) => {
  const screen = current()
  if (screen && submitter?.getAttribute('formaction')?.startsWith('/__lab/reset')) begin(stepOf(screen))
})
document.addEventListener(
  'toggle',
  () => {
    const screen = current()
    if (screen) follow(screen)
  },
  true,
)
// whoever comes back from the lab's window finds what was done there
addEventListener('focus', () => {
  const screen = current()
  if (screen && isAnswer(screen)) void measure(screen)
})

/** The screen that an anchor names, or is in. */
const screenAt = (/** @type {string} */ anchor) =>
  /** @type {HTMLElement | null | undefined} */ (
    document.getElementById(anchor.slice(1))?.closest('.screen')
  ) ?? undefined

addEventListener('hashchange', () => show(screenAt(location.hash)))
show(screenAt(location.hash) ?? screens[0])
