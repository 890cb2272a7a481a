// @ts-check
import { compare, isSaid } from './comparison.js'

/**
 * @typedef {object} Kept what is kept of a lesson in this browser, and never in a cookie
 * @property {string} [step] the step that was open
 * @property {Record<string, string>} answers what was chosen or typed, by the field's name
 * @property {Record<string, number>} since when an experiment began, in ms since the epoch, by its step
 */

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
      const { step, answers = {}, since = {} } = JSON.parse(localStorage.getItem(key) ?? '{}')
      return { step, answers, since }
    } catch {
      return { answers: {}, since: {} }
    }
  }

  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify(kept))
    } catch {
      // storage is switched off: the page works without
    }
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
      compare(step, await answer.json(), frames, words)
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
    /** Starting over in the midst of an experiment begins it anew: what was before does not count. */
    begin(/** @type {string} */ step, /** @type {string} */ path) {
      if (path === '/__lab/reset') kept.since[step] = Date.now()
      else kept.since[step] ??= Date.now()
      keep()
    },
  }
}
