import type { Request } from 'express'
import { compare } from '../../common/line-diff.ts'
import type { Language } from '../../common/words.ts'
import { verdictNames } from '../../docs-site/site/in-lab.ts'
import { sentences } from '../../statements/index.ts'
import { type Exercise, exercisesOf, nameOf } from '../exercises/catalogue.ts'
import type { CheckedClaim } from '../exercises/check.ts'
import { hintsOf, variantText } from '../exercises/hints.ts'
import { fileOf, isBegun, mended, progressOf } from '../exercises/workspace.ts'
import { onSameHost } from '../http/origins.ts'
import { exerciseName } from '../scenarios/exercise-variant.ts'
import type { Lab, Site } from '../site.ts'
import { courseNav, queryOf } from './course-view.ts'
import { lastReport } from './exercise-checks.ts'
import { exerciseWords } from './exercise-words.ts'
import { frameOf } from './frames.ts'

/** A link from a variant to its exercise, and how far the learner is with it. */
interface MendLink {
  url: string
  word: string
  /** The same for those who do not see what it stands beside. */
  label: string
  /** Empty when it has not been begun. */
  state: string
}

/**
 * The links 「直してみる」 of a scenario, by the name of the variant, and by that of the learner's own file; a variant
 * that is no exercise has none.
 */
export function mendLinks(slug: string, language: Language): ReadonlyMap<string, MendLink> {
  const words = exerciseWords[language]
  const stateOf = (exercise: Exercise) => {
    if (!isBegun(exercise)) return ''
    return progressOf(exercise).isSolved ? words.solved : words.begun
  }
  return new Map(
    exercisesOf(slug).flatMap((exercise) => {
      const { variant } = exercise
      const url = `/__lab/exercises/${variant}${queryOf(language)}`
      const link = { url, word: words.mend, label: `${words.mend}: ${variant}`, state: stateOf(exercise) }
      return [variant, exerciseName(variant)].map((name) => [name, link] as const)
    }),
  )
}

/** What the page of an exercise leads on to: its neighbours in the scenario and, after the last one, the next lesson. */
function turnsOf({ slug, variant }: Exercise, language: Language, indexUrl: string | undefined) {
  const words = exerciseWords[language]
  const all = exercisesOf(slug)
  const at = all.findIndex((each) => each.variant === variant)
  const turn = (rel: 'prev' | 'next', label: string, exercise: Exercise | undefined) =>
    exercise && {
      ...{ rel, label, title: exercise.variant, command: '' },
      url: `/__lab/exercises/${exercise.variant}${queryOf(language)}`,
    }
  const lesson = courseNav(slug, language, indexUrl)?.next
  const next = lesson && { rel: 'next' as const, label: words.nextLesson, ...lesson }
  return {
    previous: turn('prev', words.before, all[at - 1]),
    next: turn('next', words.after, all[at + 1]) ?? next,
  }
}

/** What the page of an exercise shows. */
export function exerciseView(req: Request, lab: Lab, site: Site, exercise: Exercise, language: Language) {
  const { hints: opened, isSolved } = progressOf(exercise)
  const hints = hintsOf(exercise)
  const own = exerciseName(exercise.variant)
  const isShown = isSolved || opened >= hints.length
  return {
    language,
    words: exerciseWords[language],
    lab,
    exercise,
    name: nameOf(exercise),
    title: `${exerciseWords[language].mend}: ${nameOf(exercise)}`,
    file: fileOf(exercise),
    query: queryOf(language),
    isBegun: isBegun(exercise),
    isSolved,
    claims: claimsOf(exercise, language),
    error: lastReport(exercise)?.error,
    problem: lab.variant().name === own ? lab.problem() : undefined,
    runsMine: lab.variant().name === own,
    hints: hints.slice(0, opened),
    hintCount: hints.length,
    turns: turnsOf(exercise, language, lab.indexUrl && onSameHost(req, lab.indexUrl)),
    changes: isShown ? compare(mended(exercise), variantText(exercise.slug, exercise.solution)) : undefined,
    frames: lab.sites.map((shown) => frameOf(req, lab, shown)),
    securePage:
      site.secureUrl &&
      req.protocol !== 'https' &&
      `${onSameHost(req, site.secureUrl)}${req.originalUrl.slice(1)}`,
  }
}

const icons = { unknown: '○', holds: '✓', fails: '✗', broken: '!' } as const

interface ShownClaim extends Omit<CheckedClaim, 'outcome'> {
  outcome: keyof typeof icons
}

/** The claims in the reader's language, with what came of them in the last check. */
function claimsOf(exercise: Exercise, language: Language) {
  const unknown = (id: string): ShownClaim => ({
    title: '',
    statements: [id],
    outcome: progressOf(exercise).isSolved ? 'holds' : 'unknown',
    message: '',
  })
  const last = lastReport(exercise)?.claims ?? []
  const shown: readonly ShownClaim[] = last.length > 0 ? last : exercise.claims.map(unknown)
  const verdicts = verdictNames(language)
  return shown.map(({ statements: ids, ...claim }) => ({
    ...claim,
    icon: icons[claim.outcome],
    sentences: sentences
      .filter(({ id }) => ids.includes(id))
      .map(({ id, verdict, because, ...sentence }) => ({
        id,
        text: sentence[language],
        because: because?.[language] && `${verdicts(verdict).because} ${because[language]}`,
      })),
  }))
}
