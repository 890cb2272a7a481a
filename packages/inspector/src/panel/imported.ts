import type { Html } from '../html.ts'
import { chooseFocus, liveFocus, type Source } from '../model/focus.ts'
import { lookAtCookie, lookAtPair } from '../model/look.ts'
import type { Step } from '../model/step.ts'
import { columnsHtml } from './columns.ts'
import { detailsHtml } from './details.ts'
import { panelHtml } from './page.ts'
import { createPrinter, type PanelData } from './print.ts'
import { readQuery } from './query.ts'

/** What the page may be asked to show of a record from elsewhere, piece by piece: throws where it cannot. */
export function* allShown({ story, exchanges }: Pick<Source, 'story' | 'exchanges'>): Generator<Html> {
  const query = readQuery({ query: { list: 'all', record: 'imported' } }, true)
  const now = Date.now()
  const source: Source = {
    story,
    exchanges,
    jars: [],
    asker: null,
    canPeek: false,
    isRunning: undefined,
    now,
  }
  const focus = chooseFocus(source, query, liveFocus(source, query))
  const data: PanelData = { source, query, focus, look: null, limit: exchanges.length, canTamper: false }
  const print = createPrinter(data)
  const pairOf = (step: Step) => {
    const place = {
      client: step.client.key,
      server: step.exchange.server,
      session: step.session,
      moment: step.end,
    }
    return { place, step, look: lookAtPair(story, place, lookAtCookie(story, place)) }
  }
  for (const step of story.steps()) {
    yield columnsHtml(pairOf(step), data, print)
    yield detailsHtml(step, print)
  }
  yield panelHtml({ ...data, look: focus.step && pairOf(focus.step).look }, '')
}
