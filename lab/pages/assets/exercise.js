// @ts-check

const every = 1_000 // ms between two looks at the learner's file
const exercise = document.getElementById('exercise')
if (exercise && 'begun' in exercise.dataset) follow(exercise)

/** Checks again when the file was saved, and shows what comes of it without leaving the page. */
function follow(/** @type {HTMLElement} */ shown) {
  let isBusy = false
  let last = 0

  /** When the learner's file was written; 0 when that is not known. */
  async function changed() {
    try {
      const answer = await fetch(shown.dataset['state'] ?? '', { cache: 'no-store' })
      return answer.ok ? Number((await answer.json()).changed) : 0
    } catch {
      return 0 // the lab has ended
    }
  }

  /** Parts of the page as they are now; the demo stays, unless its code has changed. */
  async function renew(/** @type {readonly string[]} */ ids) {
    const answer = await fetch(location.href, { cache: 'no-store' })
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const id of ids) {
      const [from, to] = [fresh.getElementById(id), document.getElementById(id)]
      if (from && to) to.replaceChildren(...from.childNodes)
    }
  }

  async function checkNow() {
    const form = shown.querySelector('form.check')
    const status = shown.querySelector('.status')
    if (isBusy || !(form instanceof HTMLFormElement) || !status) return
    isBusy = true
    shown.setAttribute('aria-busy', 'true')
    status.textContent = shown.dataset['checking'] ?? ''
    const hadFocus = form.contains(document.activeElement)
    try {
      await fetch(form.action, { method: 'POST', redirect: 'manual' })
      await renew(['claims', 'solution', 'problem'])
      const button = shown.querySelector('form.check button')
      if (hadFocus && button instanceof HTMLButtonElement) button.focus()
    } finally {
      shown.removeAttribute('aria-busy')
      isBusy = false
    }
  }

  shown.addEventListener('submit', (event) => {
    if (!(event.target instanceof HTMLFormElement) || !event.target.classList.contains('check')) return
    event.preventDefault()
    void checkNow()
  })

  setInterval(async () => {
    if (document.visibilityState !== 'visible' || isBusy) return
    const now = await changed()
    if (last === 0 || now === 0 || now === last) {
      last ||= now
      return
    }
    last = now
    await renew(['demo'])
    await checkNow()
  }, every)
}
