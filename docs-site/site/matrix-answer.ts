import type { ResaveFalse } from '#store-contract'
import { type Html, html } from '../../common/html.ts'
import type { Language } from '../../common/words.ts'
import { type Compared, evidenceFile, wasRun } from './matrix-data.ts'
import { sign } from './matrix-evidence.ts'
import { textIn } from './matrix-text.ts'
import { matrixWords, type Sign } from './matrix-words.ts'

/** How far a store can be recommended by what was measured: all that matters holds; it works, but; it does not work. */
export type Fitness = 'good' | 'limited' | 'unfit'
export const fitnesses = ['good', 'limited', 'unfit'] as const

export function fitnessOf({ summary, result }: Compared): Fitness {
  const { works, resaveFalseIsSafe, expiry, persistent } = summary
  if (!works) return 'unfit'
  const isGood = [resaveFalseIsSafe, expiry, persistent].every((answer) => answer === 'yes')
  return isGood && !result?.registry?.deprecated ? 'good' : 'limited'
}

const safest: readonly ResaveFalse[] = ['yes', 'with-faults', 'no-end-seen', 'no', 'cannot-tell']
const ranks = (store: Compared): readonly number[] => [
  fitnesses.indexOf(fitnessOf(store)),
  Number(store.summary.persistent !== 'yes'),
  safest.indexOf(store.summary.resaveFalseIsSafe),
  Number(store.summary.expiry !== 'yes'),
  store.summary.faults.length,
]

/** The stores that were run, the best first: what matters most decides, then the number of faults. */
export const ranked = (stores: readonly Compared[]): Compared[] =>
  stores.filter(wasRun).toSorted((one, other) => {
    const [first, second] = [ranks(one), ranks(other)]
    const at = first.findIndex((rank, index) => rank !== second[index])
    return at < 0 ? 0 : (first[at] ?? 0) - (second[at] ?? 0)
  })

/** For each database the best store that was run, one line with the reason. */
export function answers(stores: readonly Compared[], language: Language): Html {
  const best = ranked(stores).filter(
    (store, index, all) =>
      all.findIndex((other) => backendOf(other, language) === backendOf(store, language)) === index,
  )
  const answered = best.map((store) => backendOf(store, language))
  const others = new Set(stores.filter((store) => !wasRun(store)).map((store) => backendOf(store, language)))
  const open = [...others].filter((backend) => !answered.includes(backend))
  const { noAnswer } = matrixWords[language]
  return html`<ul class="answers">${best.map((store) => answer(store, language))}</ul>
${open.length > 0 ? html`<p class="fine"><a href="#not-run">${noAnswer}</a>: ${open.join(language === 'ja' ? '、' : ', ')}</p>` : ''}`
}

/** What keeps the rows of a store, in words. */
export const backendOf = ({ listed }: Compared, language: Language): string =>
  textIn(listed.backend, language)

/** What the filter of the page goes by. */
export const filterData = (store: Compared, language: Language): Html =>
  html` data-item="${store.listed.name}" data-backend="${backendOf(store, language)}" data-fitness="${fitnessOf(store)}"`

function answer(store: Compared, language: Language): Html {
  const { listed, result } = store
  const fitness = fitnessOf(store)
  const name = html`<a href="${evidenceFile(listed.name)}">${listed.name}</a> <span class="fine">${result?.version ?? ''}</span>`
  return html`<li${filterData(store, language)}><b>${backendOf(store, language)}</b>
<span>${sign(matrixWords[language].fitness[fitness])} ${name}</span> <span class="reason">${reasonOf(store, language)}</span></li>`
}

/** Why: what is not as it should be, or that nothing is not. */
function reasonOf(store: Compared, language: Language): Html {
  const words = matrixWords[language]
  const { summary, listed, result } = store
  if (result?.couldNotRun) return html`${words.couldNotRun} <span lang="en">${result.couldNotRun}</span>`
  const { columns } = words
  const tried: [string, Sign][] = [
    [columns.works, words.works[summary.works ? 'yes' : 'no']],
    [columns.resave, words.resave[summary.resaveFalseIsSafe]],
    [columns.expiry, words.expiry[summary.expiry]],
    [columns.persistent, words.persistent[summary.persistent]],
  ]
  const bad = tried.filter(([, { tone }]) => tone !== 'holds').map(([name, { word }]) => `${name}: ${word}`)
  const parts = [
    ...(bad.length > 0 ? bad : [words.allFour]),
    `${columns.faults}: ${summary.faults.length}`,
    ...(result?.registry?.deprecated ? [words.deprecated] : []),
    ...(listed.how === 'emulator' ? [words.how.emulator] : []),
  ]
  return html`${parts.join(' · ')}`
}
