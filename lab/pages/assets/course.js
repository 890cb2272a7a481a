// @ts-check

const key = 'express-session-lab.course'

/** @typedef {{ done: string[] }} Marks the lessons that are done, by their slugs */

/** @returns {Marks} */
function read() {
  try {
    const { done } = JSON.parse(localStorage.getItem(key) ?? '{}')
    return { done: Array.isArray(done) ? done.map(String) : [] }
  } catch {
    return { done: [] } // nothing is kept here, or not by us
  }
}

function keep(/** @type {Marks} */ marks) {
  try {
    localStorage.setItem(key, JSON.stringify(marks))
  } catch {
    // a browser that keeps nothing: the marks last as long as the page
  }
}

const main = document.getElementById('content')
const { done: doneNow, next } = main?.dataset ?? {}
if (doneNow !== undefined && next !== undefined) {
  keep({ done: [...new Set([...read().done, doneNow])] })
  location.replace(next)
} else {
  showMarks()
}

function showMarks() {
  /** @type {NodeListOf<HTMLElement>} */
  const lessons = document.querySelectorAll('[data-lesson]')
  let marks = read()

  function show() {
    for (const lesson of lessons) {
      const isDone = marks.done.includes(lesson.dataset['lesson'] ?? '')
      lesson.classList.toggle('is-done', isDone)
      const mark = lesson.querySelector('.mark')
      const box = lesson.querySelector('input')
      if (mark instanceof HTMLElement) mark.hidden = false
      if (box) box.checked = isDone
    }
    showProgress()
    showGoOn()
  }

  function showProgress() {
    const progress = document.getElementById('progress')
    const [bar, words] = [progress?.querySelector('progress'), progress?.querySelector('span')]
    if (!progress || !bar || !words) return
    const count = [...lessons].filter((lesson) => lesson.classList.contains('is-done')).length
    progress.hidden = count === 0
    bar.value = count
    words.textContent = (words.dataset['words'] ?? '').replace('{done}', String(count))
  }

  /** The first lesson after the last one that is done, else the first that is not. */
  function showGoOn() {
    const [heading, link] = [document.getElementById('go-on-heading'), document.getElementById('go-on')]
    const all = [...lessons]
    const isDone = (/** @type {HTMLElement} */ lesson) => lesson.classList.contains('is-done')
    const last = all.findLastIndex(isDone)
    const target =
      all.slice(last + 1).find((lesson) => !isDone(lesson)) ?? all.find((lesson) => !isDone(lesson))
    const title = target?.querySelector('h4 a')
    if (!heading || !(link instanceof HTMLAnchorElement) || last < 0) return
    heading.textContent = heading.dataset['goOn'] ?? ''
    link.hidden = !(title instanceof HTMLAnchorElement)
    if (!(title instanceof HTMLAnchorElement)) {
      heading.textContent = link.dataset['allDone'] ?? ''
      return
    }
    link.href = title.href
    link.textContent = `${target?.querySelector('.number')?.textContent}. ${title.textContent}`
  }

  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return
    const slug = target.closest('[data-lesson]')?.getAttribute('data-lesson')
    if (!slug) return
    marks = { done: marks.done.filter((each) => each !== slug).concat(target.checked ? slug : []) }
    keep(marks)
    show()
  })
  document.getElementById('forget')?.addEventListener('click', () => {
    marks = { done: [] }
    keep(marks)
    location.reload()
  })
  show()
}
