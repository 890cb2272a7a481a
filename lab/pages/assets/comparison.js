// @ts-check

/**
 * @typedef {object} Told what one question came to; null for what nobody said or measured
 * @property {string} ask
 * @property {string | null} predicted
 * @property {string | null} seen
 * @property {string | null} measured
 * @property {string} right what the lesson says
 * @property {string | null} unmeasured why it cannot be measured; null where it can
 */

/**
 * Shows, for each question of a step, what was predicted, what was seen, and what was measured, and gives back what
 * was, by question: also what only the page can see.
 * @param {Element} step
 * @param {Record<string, string | null>} measured by question
 * @param {import('./frames.js').Frames} frames
 * @param {Record<string, string>} words
 */
export function compare(step, measured, frames, words) {
  /** @type {Record<string, string>} */
  const facts = {}
  const told = [...step.querySelectorAll('.question.is-predicted')].map((predicted) => {
    const id = predicted.getAttribute('data-question') ?? ''
    const seen = step.querySelector(`.question.is-seen[data-question="${id}"]`)
    const fact = measured[id] ?? shownIn(predicted, frames)
    if (fact !== null) facts[id] = fact
    return tell(predicted, seen, fact)
  })
  const place = step.querySelector('.comparison')
  place?.replaceChildren(...told.map((one) => resultOf(one, words)))
  return facts
}

/** Whether the reader has said of each question what they saw. */
export const isSaid = (/** @type {Element} */ step) =>
  [...step.querySelectorAll('.question.is-seen')].every((question) => givenIn(question) !== null)

/** What the demo's page shows where a question asks for it. */
function shownIn(/** @type {Element} */ question, /** @type {import('./frames.js').Frames} */ frames) {
  const selector = question.getAttribute('data-shown')
  const text = selector && frames.written(selector)
  if (!text) return null
  const values = [...question.querySelectorAll('input[type="radio"]')].map((radio) =>
    radio.getAttribute('data-value'),
  )
  if (values.length === 0) return /-?\d+/.exec(text)?.[0] ?? null
  return values.find((value) => value && text.includes(value)) ?? null
}

/** @returns {Told} */
function tell(
  /** @type {Element} */ question,
  /** @type {Element | null} */ seen,
  /** @type {string | null} */ measured,
) {
  const ask = question.querySelector('legend')?.lastChild?.parentElement?.textContent?.trim() ?? ''
  return {
    ask,
    predicted: givenIn(question),
    seen: givenIn(seen),
    measured: measured === null ? null : labelOf(question, measured),
    right: rightOf(question),
    unmeasured: question.getAttribute('data-unmeasured'),
  }
}

function givenIn(/** @type {Element | null} */ question) {
  const chosen = question?.querySelector('input:checked')
  if (chosen) return textOf(chosen)
  const typed = question?.querySelector('input[type="number"], textarea')
  if (typed instanceof HTMLTextAreaElement) return typed.value.trim() || null
  return typed instanceof HTMLInputElement && typed.value !== '' ? String(Number(typed.value)) : null
}

const textOf = (/** @type {Element} */ radio) => radio.closest('label')?.textContent?.trim() ?? ''

/** The choice that says what was measured; where there is none, the bare value. */
function labelOf(/** @type {Element} */ question, /** @type {string} */ value) {
  const radio = [...question.querySelectorAll('input[type="radio"]')].find(
    (one) => one.getAttribute('data-value') === value,
  )
  return radio ? textOf(radio) : value
}

function rightOf(/** @type {Element} */ question) {
  const radio = question.querySelector('input[data-right]')
  return radio ? textOf(radio) : (question.getAttribute('data-right') ?? '')
}

/** @returns {HTMLElement} */
function resultOf(/** @type {Told} */ told, /** @type {Record<string, string>} */ words) {
  const { predicted, seen, measured, unmeasured } = told
  const section = document.createElement('section')
  const list = document.createElement('dl')
  const noMeasure = unmeasured === null ? words['notYet'] : `${words['noMeasure']}${unmeasured}`
  for (const [what, value] of [
    [words['predicted'], predicted ?? words['none']],
    [words['seen'], seen ?? words['none']],
    [words['measured'], measured ?? noMeasure],
  ]) {
    const row = document.createElement('div')
    const [term, text] = [document.createElement('dt'), document.createElement('dd')]
    term.textContent = what ?? ''
    text.textContent = value ?? ''
    row.append(term, text)
    list.append(row)
  }
  const { kind, sentence } = verdictOf(told, words)
  const verdict = document.createElement('p')
  verdict.className = `outcome is-${kind}`
  verdict.textContent = sentence ?? ''
  section.append(list, verdict)
  return section
}

/** What counts most of it, in one sentence. A wrong observation is told before a wrong prediction. */
function verdictOf(/** @type {Told} */ told, /** @type {Record<string, string>} */ words) {
  const { predicted, seen, measured, right, unmeasured } = told
  if (unmeasured === null && measured === null) return { kind: 'open', sentence: words['notYet'] }
  const truth = measured ?? right
  if (truth === '')
    return { kind: 'open', sentence: predicted === null ? words['noPrediction'] : words['readOn'] }
  if (seen !== null && seen !== truth) return { kind: 'wrong', sentence: words['wrongSight'] }
  if (truth !== right) return { kind: 'wrong', sentence: words['mixed'] }
  if (predicted === null) return { kind: 'open', sentence: words['noPrediction'] }
  return predicted === truth
    ? { kind: 'right', sentence: words['right'] }
    : { kind: 'open', sentence: words['surprise'] }
}
