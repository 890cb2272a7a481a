import { type Html, html } from '../../common/html.ts'
import type { Language } from '../../common/words.ts'
import type { Finding } from '../../statements/findings/finding.ts'
import type { Statement } from '../../statements/statement.ts'
import { type Badge, badgesOf } from '../versions/badges.ts'
import { cellSigns, cellTones, cellWord, versionWords } from '../versions/words.ts'
import type { Versions } from './versions-data.ts'
import { linkToRow } from './versions-matrix.ts'

/** Since which release a sentence holds, on the first stack; nothing where no release decides it. */
export function releaseBadges(
  { id, verdict }: Statement | Finding,
  all: Versions | undefined,
  language: Language,
): Html | undefined {
  const stack = all?.results.stacks[0]?.slug
  const stretches = all?.tried.find(({ sentence }) => sentence.id === id)?.stretches[stack ?? '']
  const link = all && stack && linkToRow(all, stack, id)
  if (!all || !stretches || !link) return undefined
  const words = versionWords[language]
  const text = (badge: Badge) => {
    const [from = '', to = ''] = [all.versions[badge.from], all.versions[badge.to]]
    const what = cellWord(badge, verdict, words)
    if (badge.kind === 'range') return words.badges.range(words.versions(from, to), what)
    return badge.kind === 'since' ? words.badges.since(from, what) : words.badges.always(from, to, what)
  }
  return html`<ul class="since" aria-label="${words.badgesLabel}">${badgesOf(stretches).map(
    (badge) =>
      html`<li class="is-${cellTones[badge.cell ?? 'unmeasured']}"><span aria-hidden="true">${cellSigns[badge.cell ?? 'unmeasured']}</span> ${text(badge)}</li>`,
  )}<li><a href="${link}">${words.inMatrix}</a></li></ul>`
}
