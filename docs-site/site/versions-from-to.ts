import { type Html, html, raw } from '../../common/html.ts'
import type { Language } from '../../common/words.ts'
import { differenceView } from '../versions/difference-view.ts'
import { releasesFile } from '../versions/files.ts'
import type { Place } from '../versions/from-to.ts'
import { type VersionWords, versionWords } from '../versions/words.ts'
import { asJsonInPage } from './scripts.ts'
import { comparableIn, firstComparison, stackLabel, type Versions } from './versions-data.ts'

/** Two releases compared: without its script the first comparison stands there, and a link to all releases. */
export function fromToPage(all: Versions, language: Language): Html {
  const words = versionWords[language]
  const first = firstComparison(all)
  if (!first) return html`<h1>${words.fromTo}</h1>`
  const comparable = comparableIn(all, language)
  return html`<h1>${words.fromTo}</h1>
<p class="lead">${words.fromToLead}</p>
<form class="filter from-to" hidden>${place('from', first.from, all, words)}${place('to', first.to, all, words)}</form>
<noscript><p>${words.noScript} <a href="${releasesFile}">${words.releases}</a></p></noscript>
<div id="difference">${differenceView(comparable, first.from, first.to, words)}</div>
<script type="application/json" id="comparable">${raw(asJsonInPage(comparable))}</script>`
}

function place(
  name: 'from' | 'to',
  chosen: Place,
  { results, versions }: Versions,
  words: VersionWords,
): Html {
  const option = (value: string, label: string, isChosen: boolean) =>
    html`<option value="${value}"${isChosen ? html` selected` : ''}>${label}</option>`
  return html`<fieldset><legend>${words[name]}</legend>
<p><label for="${name}">${words.release}</label><select id="${name}" name="${name}">${versions
    .toReversed()
    .map((version) => option(version, version, version === chosen.version))}</select></p>
<p><label for="${name}-stack">${words.stack}</label><select id="${name}-stack" name="${name}-stack">${results.stacks.map((stack) => option(stack.slug, stackLabel(stack), stack.slug === chosen.stack))}</select></p></fieldset>`
}
