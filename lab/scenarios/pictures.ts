import { type Html, html } from '../../common/html.ts'
import type { Language, Words } from '../../common/words.ts'

/** The words in a picture, by the place that they have in it. */
interface Drawing {
  width: number
  height: number
  draw(say: (words: Words) => string): Html
}

const box = (
  x: number,
  y: number,
  width: number,
  title: string,
  lines: readonly string[],
  kind: string,
): Html =>
  html`<g class="${kind}"><rect x="${x}" y="${y}" width="${width}" height="${44 + lines.length * 18}" rx="8"/><text class="title" x="${x + 12}" y="${y + 24}">${title}</text>${lines.map(
    (line, n) => html`<text class="mono" x="${x + 12}" y="${y + 46 + n * 18}">${line}</text>`,
  )}</g>`

const arrow = (x1: number, y: number, x2: number, label: string): Html =>
  html`<path class="arrow" d="M${x1} ${y}H${x2 - 8}"/><path class="head" d="M${x2} ${y}l-9 -5v10z"/><text class="label" x="${(x1 + x2) / 2}" y="${y - 8}">${label}</text>`

const strip = (y: number, from: number, to: number, kind: string, label: string): Html =>
  html`<rect class="${kind}" x="${from}" y="${y}" width="${to - from}" height="18" rx="4"/><text class="title" x="0" y="${y + 14}">${label}</text>`

/** Two expiries, each at its place on the way of time from 90 to 510; an end that is never reached has no line. */
const clocks = (cookie: number, row: number): Drawing => ({
  width: 520,
  height: 96,
  draw: (say) => html`
<path class="axis" d="M90 76H510"/><text class="label" x="300" y="92">${say({ ja: '時間 →', en: 'time →' })}</text>
${strip(12, 90, cookie, 'cookie', 'Cookie')}
${strip(42, 90, row, 'row', say({ ja: 'レコード', en: 'Row' }))}
${[cookie, row].filter((end) => end < 510).map((end) => html`<path class="mark-line" d="M${end} 6V76"/>`)}`,
})

const drawings: Readonly<Record<string, Drawing>> = {
  /** The cookie holds the id, the id leads to the row, and the row holds the data. */
  'cookie-to-row': {
    width: 520,
    height: 104,
    draw: (say) => html`
${box(1, 8, 190, say({ ja: 'ブラウザーのCookie', en: 'Cookie in the browser' }), ['s: ● zh4k… . ✓'], 'cookie')}
${arrow(191, 39, 310, say({ ja: 'IDで探す', en: 'found by ID' }))}
${box(310, 8, 209, say({ ja: 'サーバーのレコード', en: 'Row on the server' }), ['● zh4k…', '{ data … }'], 'row')}`,
  },
  /** What a response with Set-Cookie extends, and what each request extends. */
  'two-clocks': clocks(330, 450),
  /** A cookie without expiry, and a row that the store drops. */
  'row-first': clocks(510, 250),
}

/**
 * A picture of an idea, drawn with the page's own colours, so that it is readable dark and printed.
 * @param name one of the drawings
 * @param alt what it says, in words
 * @throws Error when there is no such picture
 */
export function pictureHtml(name: string, alt: string, language: Language): Html {
  const drawing = drawings[name]
  if (!drawing)
    throw new Error(`there is no picture "${name}"; there are: ${Object.keys(drawings).join(', ')}`)
  const { width, height, draw } = drawing
  return html`<svg class="picture" viewBox="0 0 ${width} ${height}" role="img" aria-label="${alt}">${draw((words) => words[language])}</svg>`
}
