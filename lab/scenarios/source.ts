import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { highlight } from '../../common/highlight.ts'
import { type Html, html } from '../../common/html.ts'
import { root } from '../../common/places.ts'

/** Code as it is shown everywhere: it scrolls by keyboard too, and a script gives it a button to copy it. */
export const codeHtml = (text: Html | string, kind = ''): Html =>
  html`<pre tabindex="0"${kind && html` class="${kind}"`}><code>${text}</code></pre>\n`

/** The text of a source file, without the comment at the head of a variant: it tells what comes of the experiments. */
export const readCode = (file: string): string =>
  readFileSync(join(root, file), 'utf8').replace(/^(?:\/\/ .*\r?\n){2}/, '')

/**
 * A source file, or the statement of it that starts with `start`, as a figure under its name. Whoever has edited that
 * statement away sees all of the file.
 */
export function sourceHtml(file: string, start = ''): Html {
  const source = readCode(file)
  const shown = excerpt(source, start) ?? source.trimEnd()
  return html`<figure class="source"><figcaption><code>${file}</code></figcaption>${codeHtml(highlight(shown))}</figure>\n`
}

/**
 * The statement of `source` whose first line starts (after its indentation) with `start`, with the lines down to
 * the next one that is indented as little; all of `source` when `start` is empty; undefined when no line starts so.
 */
export function excerpt(source: string, start: string): string | undefined {
  if (start === '') return source.trimEnd()
  const lines = source.split('\n')
  const from = lines.findIndex((line) => line.trimStart().startsWith(start))
  const first = lines[from]
  if (first === undefined) return undefined
  const indent = first.length - first.trimStart().length
  const isEnd = (line: string) => line.trim() !== '' && line.length - line.trimStart().length <= indent
  const rest = lines.slice(from + 1)
  const end = rest.findIndex(isEnd)
  const closing = rest[end]
  const isClosed = closing !== undefined && /^\s*[)}\]]/.test(closing)
  const shown = [first, ...(isClosed ? rest.slice(0, end + 1) : [])]
  return shown.map((line) => line.slice(indent)).join('\n')
}
