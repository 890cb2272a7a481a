// @ts-check

const form = /** @type {HTMLFormElement} */ (document.querySelector('#take'))
const input = /** @type {HTMLInputElement} */ (document.querySelector('#files'))
const room = /** @type {HTMLElement} */ (document.querySelector('#room'))
const problem = /** @type {HTMLElement} */ (document.querySelector('#problem'))
const said = (/** @type {string} */ name) => form.dataset[name] ?? ''

input.addEventListener('change', () => take([...(input.files ?? [])]))
form.addEventListener('submit', (event) => event.preventDefault())
document.addEventListener('dragover', (event) => event.preventDefault()) // else the browser opens what is dropped
document.addEventListener('drop', (event) => {
  event.preventDefault()
  take([...(event.dataTransfer?.files ?? [])])
})

/** @param {File[]} files */
async function take(files) {
  if (files.length === 0) return
  const [most, bytes] = [Number(said('mostFiles')), Number(said('mostBytes'))]
  const large = files.filter(({ size }) => size > bytes).map(({ name }) => name)
  problem.textContent = ''
  if (files.length > most || large.length > 0) {
    problem.textContent = said('tooMuch') + (large.join(', ') || files.length)
    return
  }
  try {
    room.innerHTML = await sumOf(files) // a page of this lab, as any other of it: what others wrote is escaped there
  } catch {
    problem.textContent = said('failed')
  }
}

/** @param {File[]} files */
async function sumOf(files) {
  const sorted = [...files].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  const read = await Promise.all(sorted.map(async (file) => ({ name: file.name, text: await file.text() })))
  const answer = await fetch(said('to'), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ files: read }),
  })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.text()
}
