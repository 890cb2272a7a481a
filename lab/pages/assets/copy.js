// @ts-check
const words = JSON.parse(document.getElementById('lesson')?.dataset['words'] ?? '{}')

/** Gives all code that has none yet a button to copy it. */
export function addCopyButtons(within = document.body) {
  for (const code of within.querySelectorAll('pre')) {
    if (code.previousElementSibling?.matches('.copy') || code.closest('#inspector, .diff')) continue
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'copy'
    button.textContent = words.copy
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(code.textContent ?? '')
        button.textContent = words.copied
      } catch {
        button.textContent = words.failed
      }
      setTimeout(() => {
        button.textContent = words.copy
      }, 2_000)
    })
    code.before(button)
  }
}
