import { type Html, html } from '../html.ts'
import { jarHtml } from './jar.ts'
import type { Pair } from './pair.ts'
import type { PanelData, Printer } from './print.ts'
import { rowHtml } from './row.ts'
import { wireHtml } from './wire.ts'

/** The three columns: the exchange, the browser's cookie, the row. */
export const columnsHtml = (pair: Pair, data: PanelData, print: Printer): Html => html`<div class="columns">
${wireHtml(pair.step, data, print)}
${jarHtml(pair.look.cookie, pair.step.client.isInspector && !print.isLive, print)}
${rowHtml(pair, data, print)}
</div>`
