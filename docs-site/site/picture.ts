import { type Html, html } from '../../common/html.ts'
import type { End } from './lifetimes.ts'
import type { DocsWords } from './words.ts'

const longest = 3 * 24 * 3600 * 1000 // beyond this nothing could be told apart
const most = 4 // ends on a lane
const [laneHeight, barHeight] = [46, 10] as const
const room = 94 // % of the width, so that the last end does not stand at the edge
const shortestAxis = 10_000 // ms: a few tenths of a second are to look like a few tenths

/**
 * The ends of cookie and row on one axis, drawn to scale. With the `lifetime` of the session the axis begins that
 * long before the first end, and the bars are whole lives; without it they come from before the axis, dashed.
 * Only where the evidence has both and they can be told apart on one axis; else undefined.
 */
export function drawLifetimes(
  ends: readonly End[],
  lifetime: number | undefined,
  words: DocsWords,
): Html | undefined {
  const lanes = (['cookie', 'row'] as const).map((lane) => ends.filter((end) => end.lane === lane))
  if (lanes.some((lane) => lane.length === 0 || lane.length > most)) return undefined
  const bars = lanes.flat()
  const times = bars.map(({ at }) => at)
  const [first, last] = [Math.min(...times), Math.max(...times)]
  if (last - first > longest) return undefined
  const start = Math.min(first - (lifetime ?? last - first), last - (lifetime ?? shortestAxis))
  const x = (at: number) => Math.round(((at - start) / (last - start)) * room * 10) / 10
  const height = bars.length * laneHeight + 14
  const described = bars
    .map((end) => `${words[end.lane]} ${clock(end.at)} (${offset(end.at, first)})`)
    .join('; ')
  return html`<figure class="lifetimes"><figcaption><b>${words.pictureTitle}</b> <span>${words.pictureNote}</span></figcaption>
<svg width="100%" height="${height}" role="img" aria-label="${words.pictureTitle}: ${described}">
${bars.map((end, index) => {
  const y = index * laneHeight + 16
  const to = x(end.at)
  return html`<text x="0" y="${y}"><tspan class="name">${words[end.lane]}</tspan> <tspan class="time">${clock(end.at)} (${offset(end.at, first)})</tspan></text>
<line class="life is-${end.lane}${lifetime === undefined ? ' is-open' : ''}" x1="0" y1="${y + 14}" x2="${to}%" y2="${y + 14}" stroke-width="${barHeight}"/>
<line class="end" x1="${to}%" y1="${y + 6}" x2="${to}%" y2="${y + 22}"/>`
})}
<line class="axis" x1="0" y1="${height - 4}" x2="100%" y2="${height - 4}"/>
</svg></figure>`
}

const round = (value: number) => Math.round(value * 10) / 10
const clock = (ms: number) => new Date(ms).toISOString().slice(11, 23)
const offset = (ms: number, first: number) => {
  const seconds = round((ms - first) / 1000)
  return seconds === 0 ? '±0 s' : `+${seconds} s`
}
