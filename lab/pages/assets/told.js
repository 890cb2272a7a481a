// @ts-check

/**
 * @typedef {object} Kept what is kept of a lesson in this browser, and never in a cookie
 * @property {string} [step] the step that was open
 * @property {Record<string, string>} answers what was chosen or typed, by the field's name
 * @property {Record<string, string>} measured what was measured when answers were last compared, by question
 * @property {number} [at] when something was last said, in ms since the epoch
 * @property {Record<string, number>} since when an experiment began, in ms since the epoch, by its step
 */

const patience = 300 // ms: what is typed goes in one piece
const longest = 1000 // characters of an answer

/** @type {(() => void) | undefined} */
let waiting
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer

addEventListener('pagehide', () => waiting?.()) // whoever goes on at once has said it, too

/**
 * Tells the lab, on this computer, what the reader has said, so that all lessons can be handed in as one file.
 * @param {Kept} kept
 */
export function tellLab(kept) {
  if (Object.keys(kept.answers).length === 0) return
  clearTimeout(timer)
  waiting = () => {
    waiting = undefined
    clearTimeout(timer)
    send(kept)
  }
  timer = setTimeout(waiting, patience)
}

function send(/** @type {Kept} */ { answers, measured, step = 'step-0', at = 0 }) {
  /** @type {Record<string, Record<string, string>>} */
  const questions = {}
  const note = (/** @type {string} */ id, /** @type {string} */ kind, /** @type {string} */ value) => {
    if (value === '') return
    questions[id] = { ...questions[id], [kind]: value.slice(0, longest) }
  }
  for (const [name, value] of Object.entries(answers)) {
    const [, kind, id] = /^(predicted|seen)-(.+)$/.exec(name) ?? []
    if (kind && id) note(id, kind, value)
  }
  for (const [id, value] of Object.entries(measured)) note(id, 'measured', value)
  fetch('/__lab/answers', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ at, step, questions }),
    keepalive: true,
  }).catch(() => {}) // the lab has ended: the browser has kept it, and tells again
}
