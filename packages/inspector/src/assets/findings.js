// @ts-check
// What the list of findings does beside its links.

/** Puts code where it can be pasted from; where a browser does not allow that, it is selected to be copied by hand. */
async function copy(/** @type {HTMLButtonElement} */ button) {
  const code = button.parentElement?.querySelector('code')
  if (!code) return
  try {
    await navigator.clipboard.writeText(code.textContent ?? '')
    const label = button.textContent
    button.textContent = button.dataset['copied'] ?? ''
    setTimeout(() => {
      button.textContent = label
    }, 2_000)
  } catch {
    getSelection()?.selectAllChildren(code)
  }
}

document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return
  const button = event.target.closest('button[data-copy]')
  if (button instanceof HTMLButtonElement) return void copy(button)
  if (event.target.closest('a[href="#inspector-findings-heading"]')) {
    document.getElementById('inspector-findings')?.setAttribute('open', '')
  }
  // the step is shown above the list
  if (event.target.closest('a[data-show]')) document.getElementById('inspector-panel')?.scrollIntoView()
})
