/** The languages of the lab: Japanese first. */
export const languages = ['ja', 'en'] as const
export type Language = (typeof languages)[number]

/** One text in both languages. */
export type Words = Readonly<Record<Language, string>>

/** The language a reader asked for with `?lang=`; Japanese when they did not. */
export const languageOf = (query: unknown): Language => (query === 'en' ? 'en' : 'ja')

/** A problem in words: what happened, why, and what to do. Ends the command that met it. */
export class Trouble extends Error {
  readonly words: Words
  constructor(words: Words) {
    super(`${words.ja}\n${words.en}`)
    this.name = 'Trouble'
    this.words = words
  }
}

/** Prints a {@link Trouble} as its two sentences and anything else as it is; the exit code becomes 1. */
export function reportTrouble(problem: unknown): void {
  console.error(problem instanceof Trouble ? `\n${problem.message}\n` : problem)
  process.exitCode = 1
}
