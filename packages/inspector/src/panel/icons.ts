import { type Html, html } from '../html.ts'

/*
 * Drawn, not written: a font without these characters shows empty boxes. All are in a square of 10 × 10.
 */
const shapes = [
  'M5 .8a4.2 4.2 0 1 0 0 8.4a4.2 4.2 0 1 0 0-8.4z', // circle
  'M1.2 1.2h7.6v7.6H1.2z', // square
  'M5 .6l4.8 8.6H.2z', // triangle
  'M5 0l5 5-5 5-5-5z', // diamond
  'M5 0l1.5 3.3 3.5.4-2.6 2.4.7 3.6L5 7.9 1.9 9.7l.7-3.6L0 3.7l3.5-.4z', // star
  'M.2 .8h9.6L5 9.4z', // triangle, upside down
  'M3.4 .4h3.2v3h3v3.2h-3v3H3.4v-3h-3V3.4h3z', // cross
  'M5 .3l4.8 3.5L8 9.5H2L.2 3.8z', // pentagon
] as const
const clock =
  'M5 .2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 1 0 0-9.6zM5 1.3a3.7 3.7 0 1 1 0 7.4a3.7 3.7 0 1 1 0-7.4zM4.5 2.4h1v2.4l1.7 1.7-.7.7-2-2z'
const hollow = 'M5 0l5 5-5 5-5-5zM5 1.7L1.7 5 5 8.3 8.3 5z'
const dots =
  'M1.5 3.8a1.2 1.2 0 1 0 0 2.4a1.2 1.2 0 1 0 0-2.4zM5 3.8a1.2 1.2 0 1 0 0 2.4a1.2 1.2 0 1 0 0-2.4zM8.5 3.8a1.2 1.2 0 1 0 0 2.4a1.2 1.2 0 1 0 0-2.4z'

const icon = (path: string): Html =>
  html`<svg class="icon" viewBox="0 0 10 10" aria-hidden="true"><path fill-rule="evenodd" d="${path}"></path></svg>`

/** The shape that goes with the colour of a sid: 1, 2, … */
export const shapeIcon = (tone: number): Html => icon(shapes[(tone - 1) % shapes.length] ?? shapes[0])
/** The end of a cookie or a row. */
export const endIcon = icon(clock)
/** Something outside of any request. */
export const outsideIcon = icon(hollow)
/** Requests that passed unrecorded. */
export const passedIcon = icon(dots)
