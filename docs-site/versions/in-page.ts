// compares the two releases that are chosen, in the page: it asks nobody
import { languageOf } from '../../common/words.ts'
import { differenceView } from './difference-view.ts'
import type { Comparable, Place } from './from-to.ts'
import { versionWords } from './words.ts'

const all = JSON.parse(document.getElementById('comparable')?.textContent ?? '{}') as Comparable
const form = document.querySelector<HTMLFormElement>('form.from-to')
const shown = document.getElementById('difference')
const words = versionWords[languageOf(document.documentElement.lang)]

function show() {
  if (!form || !shown) return
  const chosen = new FormData(form)
  const place = (name: 'from' | 'to'): Place => ({
    version: String(chosen.get(name)),
    stack: String(chosen.get(`${name}-stack`)),
  })
  shown.innerHTML = differenceView(all, place('from'), place('to'), words).html // escaped where it is made
}

/** Chooses what the address asks for, where there is such a thing. */
function takeFromAddress(form: HTMLFormElement) {
  for (const [name, value] of new URLSearchParams(location.search)) {
    const select = form.elements.namedItem(name)
    if (!(select instanceof HTMLSelectElement)) continue
    if ([...select.options].some((option) => option.value === value)) select.value = value
  }
}

if (form) {
  takeFromAddress(form)
  form.hidden = false
  form.addEventListener('change', show)
  form.addEventListener('submit', (event) => event.preventDefault())
  // a browser that comes back keeps what was chosen, and fills it in late
  window.addEventListener('pageshow', show)
}
