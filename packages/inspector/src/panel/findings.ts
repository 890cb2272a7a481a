import { kinds } from '../diagnose/diagnosis.ts'
import type { Standing } from '../diagnose/lookout.ts'
import { type Html, html } from '../html.ts'
import { findingWords, kindWords } from '../words/findings.ts'
import type { PanelData, Printer } from './print.ts'

type Evidence = Standing['evidence'][number]

/** How many there are of each kind, as a link to the list. */
export function countHtml({ findings }: PanelData, print: Printer): Html | false {
  const words = findingWords[print.language]
  const found = kinds.flatMap((kind) => {
    const count = findings?.filter((one) => one.kind === kind).length ?? 0
    return count > 0 ? html` <span>${markHtml(kind, print)} <span class="number">${count}</span></span>` : []
  })
  return (
    found.length > 0 &&
    html`<p class="found" id="inspector-found" role="status"><a href="#inspector-findings-heading">${words.heading}</a>${found}</p>`
  )
}

const markHtml = (kind: Standing['kind'], { say }: Printer): Html =>
  html`<span class="kind kind-${kind}"><span class="kind-sign" aria-hidden="true">${kindWords[kind].sign}</span> ${say(kindWords[kind].words)}</span>`

/** The causes that were found, each with its evidence and the line to change. */
export function findingsHtml(data: PanelData, print: Printer): Html {
  const { findings, labUrl } = data
  const words = findingWords[print.language]
  const numbers = new Map<string, number>()
  const items = findings?.map((finding) => {
    const number = (numbers.get(finding.id) ?? 0) + 1
    numbers.set(finding.id, number)
    return findingHtml(finding, `finding-${finding.id}-${number}`, data, print)
  })
  const isOpen = findings !== undefined && findings.length > 0 && !labUrl
  return html`<section class="findings" aria-labelledby="inspector-findings-heading">
  <details id="inspector-findings"${isOpen && html` open`}>
  <summary><h3 id="inspector-findings-heading">${words.heading} ${findings && html`<span class="fine">${words.count(findings.length)}</span>`}</h3></summary>
  ${!findings ? html`<p>${words.noFacts}</p>` : findings.length === 0 && html`<p>${words.none}</p>`}
  ${items && items.length > 0 && html`<ul>${items}</ul>`}
  </details>
</section>`
}

function findingHtml(finding: Standing, id: string, data: PanelData, print: Printer): Html {
  const { say, cut } = print
  const words = findingWords[print.language]
  const { title, evidence, where, fix, source, lab, symptoms } = finding
  const labUrl = lab && data.labUrl?.(lab)
  return html`<li id="${id}">
    <p>${markHtml(finding.kind, print)} <strong>${cut(say(finding.words), 600)}</strong></p>
    <details id="${id}-more"><summary>${say(title)}${finding.exchanges.length > 0 && html` <span class="fine">${words.seen(finding.count)}</span>`}</summary>
    <h4>${words.evidence}</h4>
    <ul>${evidence.map((one) => evidenceHtml(one, data, print))}</ul>
    <h4>${words.fix}</h4>
    <p>${say(fix.words)}${where !== undefined && html` ${words.where}: <code>${where}</code>`}</p>
    <div class="fix"><pre tabindex="0" aria-label="${words.fix}"><code>${fix.code}</code></pre><button type="button" class="needs-script" hidden data-copy data-copied="${words.copied}">${words.copy}</button></div>
    ${symptoms.length > 0 && html`<p class="fine">${words.symptoms}: ${symptoms.join(', ')}</p>`}
    <p class="fine">${words.source}: <a href="${source.url}" rel="noreferrer">${source.title}</a>${labUrl && html` · <a href="${labUrl}">${words.lab}</a>`}</p>
    </details>
  </li>`
}

function evidenceHtml(
  { exchange: id, line, words: text }: Evidence,
  { source }: PanelData,
  print: Printer,
): Html {
  const { say, cut, link } = print
  const words = findingWords[print.language]
  const step = source.story.steps().find(({ exchange }) => exchange.id === id)
  const isOpen = source.exchanges.some((one) => one.id === id && one.duration === null)
  const place =
    id !== undefined &&
    (step
      ? html` <a href="${link({ at: String(id), client: null })}" data-show>${words.show(print.number(step))}</a>`
      : html` <span class="fine">${isOpen ? words.open(id) : words.forgotten(id)}</span>`)
  return html`<li>${cut(say(text), 600)}${place}${line !== undefined && html`<br><code>${cut(line, 300)}</code>`}</li>`
}
