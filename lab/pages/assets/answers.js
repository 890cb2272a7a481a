// @ts-check
import { compare, isSaid } from './comparison.js'
import { tellLab } from './told.js'

/** @typedef {import('./told.js').Kept} Kept */

/**
 * Keeps predictions and what was seen, also when the page comes anew, and compares them with what was measured.
 * @param {HTMLElement} lesson
 * @param {import('./frames.js').Frames} frames
 */
export function startAnswers(lesson, frames) {
  const key = `lesson ${lesson.dataset['slug']}`
  const words = JSON.parse(lesson.dataset['words'] ?? '{}')
  const kept = read()

  /** @returns {Kept} */
  function read() {
    try {
      const {
        step,
        answers = {},
        measured = {},
        at,
        since = {},
      } = JSON.parse(localStorage.getItem(key) ?? '{}')
      return { step, answers, measured, at, since }
    } catch {
      return { answers: {}, measured: {}, since: {} }
    }
  }

  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify(kept))
    } catch {
      // storage is switched off: the page works without
    }
    tellLab(kept)
  }

  const isField = (/** @type {unknown} */ one) =>
    one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement
  const fields = [...lesson.querySelectorAll('.question :is(input, textarea)')].filter(isField)
  for (const field of fields) {
    const value = kept.answers[field.name]
    if (value === undefined) continue
    if (field instanceof HTMLInputElement && field.type === 'radio') field.checked = field.value === value
    else field.value = value
  }

  lesson.addEventListener('input', ({ target: field }) => {
    if (!isField(field) || !field.closest('.question')) return
    const step = field.closest('.step')?.id ?? ''
    if (field.name.startsWith('predicted-')) kept.since[step] ??= Date.now()
    kept.answers[field.name] = field.value
    kept.at = Date.now()
    keep()
  })

  lesson.addEventListener('click', async ({ target }) => {
    const button = target instanceof Element ? target.closest('[data-compare]') : null
    const step = button?.closest('.step')
    if (!(button instanceof HTMLButtonElement) || !step) return
    if (!isSaid(step)) {
      const reminder = document.createElement('p')
      reminder.textContent = words.firstSay
      return step.querySelector('.comparison')?.replaceChildren(reminder)
    }
    button.disabled = true
    const since = kept.since[step.id] ?? 0
    try {
      const answer = await fetch(`/__lab/measured?step=${step.id}&since=${since}`, { cache: 'no-store' })
      Object.assign(kept.measured, compare(step, await answer.json(), frames, words))
      kept.at = Date.now()
      keep()
    } finally {
      button.disabled = false
    }
    step.querySelector('.answer')?.setAttribute('open', '')
  })

  return {
    lastStep: () => kept.step,
    keepStep(/** @type {string} */ id) {
      kept.step = id
      keep()
    },
    /** The first button that is pressed begins an experiment; what starting over leaves of it, the lab knows. */
    begin(/** @type {string} */ step) {
      kept.since[step] ??= Date.now()
      keep()
    },
  }
}
