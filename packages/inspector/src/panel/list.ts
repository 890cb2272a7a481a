import { type Html, html } from '../html.ts'
import { ofSession, type Step } from '../model/step.ts'
import { type PanelData, type Printer, token } from './print.ts'

const fewest = 12
const mostCalls = 6

/** The exchanges that are listed, newest first: all, or the newest that had to do with the session. */
export function listedSteps(steps: readonly Step[], showsAll: boolean): Step[] {
  const newestFirst = [...steps].reverse()
  return showsAll ? newestFirst : [...ofSession(steps)].reverse().slice(0, fewest)
}

export function listHtml({ source, query, focus }: PanelData, print: Printer): Html {
  const { words } = print
  const steps = source.story.steps()
  const listed = listedSteps(steps, query.showsAll)
  const hasClients = source.story.clients().filter(({ isInspector }) => !isInspector).length > 1
  const entry = (step: Step) => {
    const { id, method, url, at, calls, server } = step.exchange
    const sent = token(print.nameOf(step.sent[0]))
    const set = step.sessionSet && step.sid !== null && token(print.name(step.sid))
    const methods = calls.slice(0, mostCalls).map((call) => call.method)
    const by = [
      print.clock(at),
      hasClients && step.client.letter,
      print.severalServers && print.server(server),
      print.processes(step.exchange),
      step.client.isInspector && words.byInspector,
    ].filter((part) => part !== false)
    return html`<li class="${focus.chosen?.step === step && 'is-chosen'}" value="${id}"><a href="${print.link({ at: String(id) })}" id="entry-${id}"><code>${method} ${print.cut(url, 120)}</code></a> <span>${print.status(step)}</span>${print.ending(step.exchange)} ${sent && html`<span class="fine">Cookie</span> ${sent} `}<span class="fine">${methods.join(' ')}</span> ${set && html`<span class="fine">Set-Cookie</span> ${set} `}<span class="fine">${by.map((part, index) => html`${index > 0 && ' · '}${part}`)}</span></li>`
  }
  const other = query.showsAll
    ? html`<a href="${print.link({ showsAll: false })}">${words.showFew}</a>`
    : steps.length > listed.length &&
      html`<a href="${print.link({ showsAll: true })}">${words.showAll(steps.length)}</a>`
  return html`<section class="list" aria-labelledby="list-heading">
  <details id="inspector-list-fold" open data-folds>
  <summary><h3 id="list-heading">${words.exchanges} <span class="fine">${words.newestFirst}</span></h3></summary>
  <ol reversed>${listed.map(entry)}</ol>
  <p>${other}</p>
  </details>
</section>`
}
