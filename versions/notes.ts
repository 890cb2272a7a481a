import type { Section } from '../statements/section.ts'
import type { Release } from './results.ts'

/** The releases that a HISTORY.md tells of, by their versions. */
export function readHistory(text: string): Map<string, Omit<Release, 'version'>> {
  const told = new Map<string, Omit<Release, 'version'>>()
  const parts = text.split(/^(\d+\.\d+\.\d+\S*) \/ (\S+)\n=+\n/m)
  for (let at = 1; at < parts.length; at += 3) {
    const [version = '', date = '', body = ''] = parts.slice(at, at + 3)
    const notes = body
      .replace(/\n(?!\s*[*-] )\s*(?=\S)/g, ' ') // a line that goes on
      .split('\n')
      .flatMap((line) => /^\s*[*-] (.*)$/.exec(line)?.[1]?.trim() ?? [])
    told.set(version, { date: /^\d{4}-\d\d-\d\d$/.test(date) ? date : null, notes })
  }
  return told
}

/** The options or methods that a sentence's part of the README is about, as they are written in code. */
export function namesOf(id: string, { headings, group }: Pick<Section, 'headings' | 'group'>): string[] {
  return headings.flatMap((each) => {
    const heading = typeof each === 'string' ? each : id.startsWith(each.ids) ? each.heading : ''
    const isCode = group === 'options' || heading.includes('.')
    return (isCode && /^(?:\w+\.)*(\w+)(?:\(.*\))?$/.exec(heading)?.[1]) || []
  })
}

/** Whether code knows an option or method: as a property or a key, and not as a word in a sentence. */
export const knows = (code: string, name: string): boolean =>
  new RegExp(`[.'"]${name}\\b|\\b${name}\\s*:`).test(code)

/**
 * The line that tells of a change in one of these names, or has one of these texts; null where no line does.
 * @param texts what a claim looked for and did not find, word by word
 */
export function noteAbout(
  notes: readonly string[] | null,
  names: readonly string[],
  texts: readonly string[] = [],
): string | null {
  const isAbout = (line: string) =>
    !/^(?:deps|perf|docs):/.test(line) &&
    (names.some((name) => isNamed(name, line)) || texts.some((text) => line.includes(text)))
  return notes?.find(isAbout) ?? null
}

/** Whether a line speaks of an option or method. `set` and `name` are words, too: as code they stand in backquotes. */
function isNamed(name: string, line: string): boolean {
  const word = `(?<![\\w-])${name}(?![\\w-])`
  if (/[A-Z]/.test(name)) return new RegExp(word, 'i').test(line)
  const code = line.split('`').filter((_, place) => place % 2 === 1)
  return (
    code.some((each) => new RegExp(word).test(each)) || new RegExp(`${word} option|\\.${name}\\b`).test(line)
  )
}

/** What a failed assertion looked for. */
export const textsIn = (message = ''): string[] =>
  [...message.matchAll(/Expected substring: "([^"]{8,})"/g)].flatMap(([, text]) => text ?? [])
