import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { lexer, type Token, type Tokens } from 'marked'

/** A paragraph, list item or code block of a README: where it stands and a hash of what it says. */
export interface Passage {
  /** The headings above it. */
  heading: string
  /** 1 for the first passage under its heading. */
  number: number
  hash: string
}

const hashLength = 12

/** The README inside the installed express-session. */
export const readInstalledReadme = (): string =>
  readFileSync(createRequire(import.meta.url).resolve('express-session/README.md'), 'utf8')

/** Takes a README apart. Line breaks make no difference; definitions of links and badges are left out. */
export function passagesOf(markdown: string): Passage[] {
  const passages: Passage[] = []
  const headings: string[] = []
  const counts = new Map<string, number>()
  for (const token of lexer(markdown)) {
    if (token.type === 'heading') {
      headings.splice(token['depth'] - 1)
      headings[token['depth'] - 1] = String(token['text'])
      continue
    }
    for (const text of textsOf(token)) {
      const heading = headings.filter((part) => part !== undefined).join(' › ')
      const number = (counts.get(heading) ?? 0) + 1
      counts.set(heading, number)
      passages.push({ heading, number, hash: hashOf(text) })
    }
  }
  return passages
}

function textsOf(token: Token): string[] {
  if (token.type === 'list') return (token as Tokens.List).items.map(({ text }) => text)
  if (token.type === 'code') return [String(token['text'])]
  return token.type === 'paragraph' || token.type === 'blockquote' || token.type === 'table'
    ? [token.raw]
    : []
}

const normalised = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

const hashOf = (text: string) =>
  createHash('sha256').update(normalised(text)).digest('hex').slice(0, hashLength)
