// @ts-check

const every = 1_000 // ms between two looks
const section = document.getElementById('processes')
if (section) follow(section)

/** Keeps the table of processes up to date while somebody looks. */
function follow(/** @type {HTMLElement} */ shown) {
  async function look() {
    try {
      const answer = await fetch(shown.dataset['source'] ?? '', { cache: 'no-store' })
      if (answer.ok) show(await answer.text())
    } catch {
      // the lab has ended: the inspector says so
    }
  }

  /** What is the same stays as it is, and so does the focus. */
  function show(/** @type {string} */ html) {
    const template = document.createElement('template')
    template.innerHTML = html
    const next = template.content.firstElementChild
    if (!next || next.innerHTML === shown.innerHTML) return
    const focused = document.activeElement?.id
    shown.replaceChildren(...next.childNodes)
    if (focused) document.getElementById(focused)?.focus()
  }

  // the page is not left, so that the demo on it goes on undisturbed
  shown.addEventListener('submit', async (event) => {
    const { target: form, submitter } = event
    if (!(form instanceof HTMLFormElement) || !(submitter instanceof HTMLButtonElement)) return
    event.preventDefault()
    const body = new URLSearchParams(submitter.name ? { [submitter.name]: submitter.value } : {})
    await fetch(form.action, { method: 'POST', body, redirect: 'manual' })
    await look()
  })

  setInterval(() => {
    if (document.visibilityState === 'visible') void look()
  }, every)
}
