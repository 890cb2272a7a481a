import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Marked } from 'marked'
import { type Html, html } from '../../common/html.ts'
import { root } from '../../common/places.ts'
import type { Language } from '../../common/words.ts'
import { findLesson, type LessonHead } from './lesson-head.ts'
import { predictionForm, predictionLanguage } from './prediction.ts'

export interface Lesson extends LessonHead {
  /** The lesson without its heading, rendered. */
  html: string
  /** The language it is really in: Japanese where there is no translation yet. */
  language: Language
}

/** Reads the lesson of a scenario; in Japanese, or empty, where there is none in this language. */
export function readLesson(slug: string, wanted: Language): Lesson {
  const { markdown, language, ...head } = findLesson(slug, wanted)
  const tokens = marked.lexer(markdown)
  const heading = tokens.find(({ type }) => type === 'heading')
  return { ...head, html: marked.parser(tokens.filter((token) => token !== heading)), language }
}

/**
 * A paragraph that is nothing but a link to a source file shows that file: all of it, or, with a title, the
 * statement that starts with the title's text. A lesson can therefore never show code that does not run.
 * A paragraph that asks for a prediction is followed by the choices.
 */
const marked = new Marked({
  renderer: {
    code: ({ text }) => code(text).html,
    paragraph({ tokens }) {
      const [link] = tokens
      if (tokens.length === 1 && link?.type === 'link' && link.href.startsWith('../../')) {
        return shownSource(link.href.slice('../../'.length), link.title ?? '').html
      }
      const paragraph = `<p>${this.parser.parseInline(tokens)}</p>\n`
      const language = link?.type === 'strong' && predictionLanguage(link.text)
      return language ? paragraph + predictionForm(language).html : paragraph
    },
  },
})

/** It scrolls by keyboard, too. */
const code = (text: string) => html`<pre tabindex="0"><code>${text}</code></pre>\n`

function shownSource(file: string, start: string): Html {
  const shown = excerpt(readFileSync(join(root, file), 'utf8'), start)
  if (shown === undefined) throw new Error(`${file} has no line that starts with: ${start}`)
  return html`<figure class="source"><figcaption><code>${file}</code></figcaption>${code(shown)}</figure>\n`
}

/**
 * The statement of `source` whose first line starts (after its indentation) with `start`, with the lines down to
 * the next one that is indented as little; all of `source` when `start` is empty; undefined when no line starts so.
 */
export function excerpt(source: string, start: string): string | undefined {
  if (start === '') return source.trimEnd()
  const lines = source.split('\n')
  const from = lines.findIndex((line) => line.trimStart().startsWith(start))
  const first = lines[from]
  if (first === undefined) return undefined
  const indent = first.length - first.trimStart().length
  const isEnd = (line: string) => line.trim() !== '' && line.length - line.trimStart().length <= indent
  const rest = lines.slice(from + 1)
  const end = rest.findIndex(isEnd)
  const closing = rest[end]
  const isClosed = closing !== undefined && /^\s*[)}\]]/.test(closing)
  const shown = [first, ...(isClosed ? rest.slice(0, end + 1) : [])]
  return shown.map((line) => line.slice(indent)).join('\n')
}
