import { type Html, html } from '../../common/html.ts'
import type { Seeing } from './seeing.ts'
import { facts, lines, none, sidOf } from './seen-parts.ts'

const isPlain = (value: unknown) => typeof value !== 'object' || value === null
const isSid = (text: string) => /^[\w-]{32}$/.test(text)

/** Evidence of no kind of its own: a text, a list, names with values, or, of several alike, a table. */
export function showJson(value: unknown, seeing: Seeing): Html {
  if (value === null || value === undefined) return none(seeing.words)
  if (isPlain(value)) return plain(value, seeing)
  if (Array.isArray(value)) return list(value, seeing)
  const entries = Object.entries(value)
  if (entries.length === 0) return none(seeing.words)
  return facts(entries.map(([name, inner]) => [name, showJson(inner, seeing)]))
}

function plain(value: unknown, seeing: Seeing): Html {
  if (value === null || value === undefined) return none(seeing.words)
  if (typeof value === 'number') return html`<code>${Math.round(value * 1000) / 1000}</code>`
  if (typeof value !== 'string') return html`<code>${String(value)}</code>`
  if (value === '') return html`<span class="none">""</span>`
  if (isSid(value)) return sidOf(value, seeing)
  return value.includes('\n') ? lines([value]) : html`<code>${value}</code>`
}

function list(values: readonly unknown[], seeing: Seeing): Html {
  if (values.length === 0) return none(seeing.words)
  if (values.every(isPlain)) {
    const isLong = values.some(
      (value) => typeof value === 'string' && (value.length > 60 || value.includes('\n')),
    )
    return isLong
      ? lines(values.map(String))
      : html`<ol class="row-of">${values.map((value) => html`<li>${plain(value, seeing)}</li>`)}</ol>`
  }
  return (
    table(values, seeing) ??
    html`<ol class="moments">${values.map((value) => html`<li>${showJson(value, seeing)}</li>`)}</ol>`
  )
}

/** Objects with the same members, all of them plain; else undefined. */
function table(values: readonly unknown[], seeing: Seeing): Html | undefined {
  const rows = values.map((value) =>
    isPlain(value) || Array.isArray(value) ? [] : Object.entries(value as object),
  )
  const namesOf = (row: readonly [string, unknown][]) => row.map(([name]) => name)
  const columns = namesOf(rows[0] ?? [])
  const isAlike = (row: readonly [string, unknown][]) =>
    namesOf(row).join('\n') === columns.join('\n') && row.every(([, value]) => isPlain(value))
  if (columns.length === 0 || !rows.every(isAlike)) return undefined
  return html`<div class="wide" tabindex="0"><table class="seen-table"><thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map(([, value]) => html`<td>${plain(value, seeing)}</td>`)}</tr>`)}</tbody></table></div>`
}
