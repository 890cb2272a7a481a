// Sorting is an addition: without this script the table is in the order of the documentation's list.
for (const table of document.querySelectorAll('table.stores')) {
  const headings = [...table.querySelectorAll('th[data-column]')]
  for (const [index, heading] of headings.entries()) {
    const button = document.createElement('button')
    button.type = 'button'
    button.append(...heading.childNodes)
    button.addEventListener('click', () => {
      const isUp = heading.getAttribute('aria-sort') !== 'ascending'
      for (const other of headings) other.removeAttribute('aria-sort')
      heading.setAttribute('aria-sort', isUp ? 'ascending' : 'descending')
      sort(table, index, isUp)
    })
    heading.append(button)
  }
  if (headings.length > 0) table.closest('section')?.querySelector('.sort-note')?.removeAttribute('hidden')
}

/**
 * @param {Element} table
 * @param {number} column
 * @param {boolean} isUp
 */
function sort(table, column, isUp) {
  const body = table.querySelector('tbody')
  if (!body) return
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare
  /** @param {Element} row */
  const value = (row) => {
    const cell = row.children[column]
    return cell?.getAttribute('data-sort') ?? cell?.textContent ?? ''
  }
  const rows = [...body.children].sort((one, other) => {
    const [first, second] = [value(one), value(other)]
    // what nobody knows stays at the end
    if (first === '' || second === '') return Number(first === '') - Number(second === '')
    return isUp ? compare(first, second) : compare(second, first)
  })
  body.append(...rows)
}
