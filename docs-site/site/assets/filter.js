// @ts-check

/*
 * Shows of a list what fits the form above it. The form is hidden until this script runs: without it the list is
 * whole, and its groups fold and unfold by themselves.
 */
/** @type {NodeListOf<HTMLFormElement>} */
const forms = document.querySelectorAll('form[data-filters]')
for (const form of forms) startFilter(form)

/** @param {HTMLFormElement} form */
function startFilter(form) {
  const list = document.getElementById(form.dataset['filters'] ?? '')
  if (!list) return
  /** @type {HTMLElement[]} */
  const items = [...list.querySelectorAll('[data-item]')].filter((item) => item instanceof HTMLElement)
  const groups = [...list.querySelectorAll('details')].map((group) => ({ group, isOpen: group.open }))
  const texts = new Map(items.map((item) => [item, plain(item.textContent ?? '')]))
  const status = form.querySelector('[role="status"]')

  const apply = () => {
    const wanted = [...new FormData(form)].map(([name, value]) => ({ name, value: String(value).trim() }))
    const asked = wanted.filter(({ value }) => value !== '')
    for (const item of items) {
      item.hidden = !asked.every(({ name, value }) =>
        name === 'text'
          ? plain(value)
              .split(/\s+/)
              .every((word) => texts.get(item)?.includes(word))
          : item.dataset[name] === value,
      )
    }
    for (const { group, isOpen } of groups) {
      const shown = group.querySelectorAll('[data-item]:not([hidden])').length
      group.hidden = shown === 0
      group.open = asked.length > 0 || isOpen
      const count = group.querySelector('summary .count')
      if (count) count.textContent = String(shown)
    }
    // what stands in the list twice is one thing
    const count = (/** @type {HTMLElement[]} */ some) =>
      new Set(some.map((item) => item.dataset['item'])).size
    if (status) status.textContent = `${count(items.filter(({ hidden }) => !hidden))} / ${count(items)}`
  }

  form.addEventListener('input', apply)
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('reset', () => setTimeout(apply))
  // a browser that comes back keeps what was chosen, and fills it in late
  window.addEventListener('pageshow', apply)
  form.hidden = false
}

/**
 * Full-width and half-width, capitals and small letters are the same to a reader.
 * @param {string} text
 */
function plain(text) {
  return text.normalize('NFKC').toLowerCase()
}
