import { homedir, tmpdir } from 'node:os'
import { stripVTControlCharacters } from 'node:util'
import { root } from '../places.ts'

const longestText = 4_000
const longestList = 60
const longestMessage = { lines: 24, characters: 1_600 }

/** A value with what is about this computer alone taken out of its texts, and with what is too long for a page cut. */
export function publishable(value: unknown): unknown {
  if (typeof value === 'string') return shortened(withoutPlaces(stripVTControlCharacters(value)), longestText)
  if (Array.isArray(value)) {
    const rest = value.length - longestList
    return [...value.slice(0, longestList).map(publishable), ...(rest > 0 ? [`… +${rest}`] : [])]
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, publishable(inner)]))
}

/** The message of an assertion: plain, without Playwright's call log, and short. */
export function plainMessage(message: string): string {
  const text = withoutPlaces(stripVTControlCharacters(message)).replace(/\n*Call log:[\s\S]*/, '')
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

const withoutPlaces = (text: string) =>
  folders.reduce(
    (result, [folder, name]) => (folder.length > 1 ? result.replaceAll(folder, name) : result),
    text,
  )
