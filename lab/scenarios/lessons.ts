import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import escapeHtml from 'escape-html'
import { Marked, type Tokens } from 'marked'
import { root } from './places.ts'
import { predictionForm, predictionLanguage } from './prediction.ts'
import type { Language } from './words.ts'

export interface Lesson {
  /** The heading. */
  title: string
  /** The first paragraph, as plain text. */
  summary: string
  /** The lesson without its heading, rendered. */
  html: string
  /** The language it is really in: Japanese where there is no translation yet. */
  language: Language
}

/** Reads the lesson of a scenario. A lesson that is not there is told as such, in its own place. */
export function readLesson(slug: string, language: Language): Lesson {
  const file = join(root, 'lessons', language, `${slug}.md`)
  if (!existsSync(file)) {
    if (language !== 'ja') return readLesson(slug, 'ja')
    return { title: slug, summary: '', html: '', language }
  }
  const markdown = readFileSync(file, 'utf8')
  const tokens = marked.lexer(markdown)
  const first = (type: string) => tokens.find((token) => token.type === type) as Tokens.Generic | undefined
  const heading = first('heading')
  return {
    title: heading?.['text'] ?? slug,
    summary: plain(first('paragraph')?.['text'] ?? '', language),
    html: marked.parser(tokens.filter((token) => token !== heading)),
    language,
  }
}

const plain = (markdown: string, language: Language) =>
  markdown
    .replaceAll(/[`*]/g, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('\n', language === 'ja' ? '' : ' ')

/**
 * A paragraph that is nothing but a link to a source file shows that file: all of it, or, with a title, the
 * statement that starts with the title's text. A lesson can therefore never show code that does not run.
 * A paragraph that asks for a prediction is followed by the choices.
 */
const marked = new Marked({
  renderer: {
    code: ({ text }) => `<pre tabindex="0"><code>${escapeHtml(text)}</code></pre>\n`, // scrolls by keyboard too
    paragraph({ tokens }) {
      const [link] = tokens
      if (tokens.length === 1 && link?.type === 'link' && link.href.startsWith('../../')) {
        return shownSource(link.href.slice('../../'.length), link.title ?? '')
      }
      const paragraph = `<p>${this.parser.parseInline(tokens)}</p>\n`
      const language = link?.type === 'strong' && predictionLanguage(link.text)
      return language ? paragraph + predictionForm(language) : paragraph
    },
  },
})

function shownSource(file: string, start: string): string {
  const code = excerpt(readFileSync(join(root, file), 'utf8'), start)
  if (code === undefined) throw new Error(`${file} has no line that starts with: ${start}`)
  return `<figure class="source"><figcaption><code>${escapeHtml(file)}</code></figcaption><pre tabindex="0"><code>${escapeHtml(code)}</code></pre></figure>\n`
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
