import type { Exchange } from '../exchange.ts'
import { type Html, html } from '../html.ts'
import type { Printer } from './print.ts'

const most = 10

/** The exchanges that have not ended, and what each of them waits for. */
export function openHtml(exchanges: readonly Exchange[], print: Printer): Html | false {
  const { words } = print
  const open = exchanges.filter(({ duration }) => duration === null).slice(-most)
  return (
    open.length > 0 &&
    html`<p class="fine">${words.open}</p>
    <ul class="in-flight" id="inspector-open">${open.map((exchange) => {
      const { id, method, url } = exchange
      return html`<li><span class="number">${id}</span> <code>${method} ${print.cut(url, 120)}</code> … ${waitingFor(exchange, print)}</li>`
    })}</ul>`
  )
}

function waitingFor({ calls, headAt }: Exchange, { words }: Printer): string {
  const pending = calls.filter(({ duration }) => duration === null).map(({ method }) => method)
  if (pending.length > 0) return `${pending.join(words.comma)} ${words.pending}`
  return headAt === null ? words.unanswered : words.answering
}
