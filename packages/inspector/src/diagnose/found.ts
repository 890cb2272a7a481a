import type { Words } from '../words/words.ts'
import type { Evidence, Found } from './diagnosis.ts'
import type { SeenStep } from './seen.ts'

/** The path of a request, without what follows `?`: that may hold what is nobody's business. */
export const pathOf = ({ exchange }: Pick<SeenStep, 'exchange'>): string => exchange.url.split('?')[0] || '/'

/** `POST /login` */
export const requestOf = (step: Pick<SeenStep, 'exchange'>): string =>
  `${step.exchange.method} ${pathOf(step)}`

/** What one step shows; `line` as it stood on the wire, without any cookie's value. */
export const shown = (
  { exchange }: SeenStep,
  line: string | undefined,
  ja: string,
  en: string,
): Evidence => ({
  exchange: exchange.id,
  ...(line !== undefined && { line }),
  words: { ja, en },
})

interface Told {
  words: Words
  evidence: readonly Evidence[]
  about?: string
}

/** A cause that showed in these steps. `isAtSession`: the change belongs where session() is called. */
export function foundIn(steps: readonly SeenStep[], told: Told, isAtSession = true): Found {
  const where = isAtSession
    ? steps.findLast(({ sessionCall }) => sessionCall?.where)?.sessionCall?.where
    : undefined
  return {
    ...told,
    exchanges: steps.map(({ exchange }) => exchange.id),
    ...(where !== undefined && { where }),
  }
}

/** One finding for each session() call, out of the steps in which it showed; `tell` is given them, never none. */
export function perSession<S extends SeenStep>(
  steps: readonly S[],
  tell: (first: S, all: readonly S[]) => Told | undefined,
): Found[] {
  const groups = new Map<string, S[]>()
  for (const step of steps) {
    const key = step.session.name ?? ''
    const group = groups.get(key)
    if (group) group.push(step)
    else groups.set(key, [step])
  }
  return [...groups].flatMap(([about, all]) => {
    const [first] = all
    const told = first && tell(first, all)
    return told ? [foundIn(all, { about, ...told })] : []
  })
}

/** The first of `values` is `http` of `http, https`: what express-session and Express go by. */
export const firstOf = (values: string | undefined): string =>
  (values ?? '').split(',')[0]?.trim().toLowerCase() ?? ''
