import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../common/places.ts'
import type { Language } from '../../common/words.ts'

export interface LessonHead {
  /** The heading. */
  title: string
  /** The first paragraph, as plain text. */
  summary: string
}

/** The lesson's text, and what its first two blocks say: every start reads them, and needs no Markdown for it. */
export function findLesson(
  slug: string,
  wanted: Language,
): LessonHead & { markdown: string; language: Language } {
  const found = ([wanted, 'ja'] as const).find((language) => existsSync(fileOf(slug, language)))
  if (!found) return { title: slug, summary: '', markdown: '', language: 'ja' }
  const markdown = readFileSync(fileOf(slug, found), 'utf8')
  const [, title = slug, paragraph = ''] = /^# (.+)\n+((?:.+\n)*)/.exec(markdown) ?? []
  return { title, summary: plain(paragraph.trim(), found), markdown, language: found }
}

const fileOf = (slug: string, language: Language) => join(root, 'lessons', language, `${slug}.md`)

const plain = (markdown: string, language: Language) =>
  markdown
    .replaceAll(/[`*]/g, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('\n', language === 'ja' ? '' : ' ')
