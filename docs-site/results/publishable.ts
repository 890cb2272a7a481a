import { homedir, tmpdir } from 'node:os'
import { stripVTControlCharacters } from 'node:util'
import { root } from '../../common/places.ts'

const longestText = 4_000
const longestList = 60
const longestMessage = { lines: 24, characters: 1_600 }

/** A value without the paths of this computer in its texts, and cut where it is too long for a page. */
export function publishable(value: unknown): unknown {
  if (typeof value === 'string') return shortened(withoutPaths(stripVTControlCharacters(value)), longestText)
  if (Array.isArray(value)) {
    const rest = value.length - longestList
    const shown = value.slice(0, longestList).map(publishable)
    // among rows or exchanges a text would be none of them
    return rest > 0 && typeof shown.at(-1) !== 'object' ? [...shown, `… +${rest}`] : shown
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, publishable(inner)]))
}

/** The message of an assertion: plain, without Playwright's call log, and short. */
export function plainMessage(message: string): string {
  const text = withoutPaths(stripVTControlCharacters(message)).replace(/\n*Call log:[\s\S]*/, '')
  const lines = text.trimEnd().split('\n')
  const shown = lines.slice(0, longestMessage.lines).join('\n')
  return shortened(
    lines.length > longestMessage.lines ? `${shown}\n…` : shown,
    longestMessage.characters,
  ).trimEnd()
}

const shortened = (text: string, longest: number) =>
  text.length > longest ? `${text.slice(0, longest)}…` : text

const folders: readonly (readonly [string, string])[] = [
  [root.replace(/[\\/]$/, ''), '.'],
  [tmpdir(), '<tmp>'],
  [homedir(), '~'],
]

const withoutPaths = (text: string) =>
  folders.reduce(
    (result, [folder, name]) => (folder.length > 1 ? result.replaceAll(folder, name) : result),
    text,
  )
