// @ts-check

const every = 1_000 // ms between two looks

/** The processes of the variant that is running, where it has some of its own. */
const shown = () => document.getElementById('processes')

/** Keeps the table of processes up to date while somebody looks. */
async function look() {
  const source = shown()?.dataset['source']
  if (!source) return
  try {
    const answer = await fetch(source, { cache: 'no-store' })
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
  const section = shown()
  if (!next || !section || next.innerHTML === section.innerHTML) return
  const focused = document.activeElement?.id
  section.replaceChildren(...next.childNodes)
  if (focused) document.getElementById(focused)?.focus()
}

// the demo beside it goes on undisturbed
document.addEventListener('submit', async (event) => {
  const { target: form, submitter } = event
  if (!(form instanceof HTMLFormElement) || !form.closest('#processes')) return
  if (!(submitter instanceof HTMLButtonElement)) return
  event.preventDefault()
  const body = new URLSearchParams(submitter.name ? { [submitter.name]: submitter.value } : {})
  await fetch(form.action, { method: 'POST', body, redirect: 'manual' })
  await look()
})

setInterval(() => {
  if (document.visibilityState === 'visible') void look()
}, every)
