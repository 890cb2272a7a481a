import { page } from '../../page.ts'
import type { Rows } from './ordered-store.ts'

/** The page of one visitor, and below it what there is of everybody's rows. */
export function shown(visits: number, rows: Rows, links: string, pause?: number): string {
  const now = Date.now()
  let expired = 0
  for (const { expires } of rows.values()) if (expires <= now) expired++
  const number = (n: number) => n.toLocaleString('en')
  return page(
    'cleanup',
    `<p class="count" aria-label="visits">${visits}</p>` +
      `<p>rows: ${number(rows.size)}, expired: ${number(expired)}` +
      (pause === undefined ? '' : `<br>longest pause while cleaning up: ${number(Math.ceil(pause))} ms`) +
      `</p><p class="actions">${links}</p>`,
  )
}
