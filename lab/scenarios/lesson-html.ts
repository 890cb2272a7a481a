import { Marked, Parser, type Token, type Tokens } from 'marked'
import { type Html, html, raw } from '../../common/html.ts'
import { actionHtml, type LessonPlace } from './lesson-actions.ts'
import { pictureHtml } from './pictures.ts'
import { codeHtml, sourceHtml } from './source.ts'

/** Makes HTML of a lesson's Markdown. `step` is the anchor of the step that it stands in. */
export interface Renderer {
  lexer(markdown: string): Token[]
  blocks(tokens: readonly Token[], step: string): Html
  inline(tokens: readonly Token[], step: string): string
  text(markdown: string): string
}

const words = {
  ja: { happens: '何が起こるか' },
  en: { happens: 'What happens' },
}

/**
 * What a lesson has beyond plain Markdown: a paragraph that is nothing but a link to a source file shows that file (all of
 * it, or the statement that starts as the link's title does), so that it never shows code that does not run; links to
 * `do:…` are buttons; images `picture:…` are drawn; of a list that begins with a variant's name, the rest is folded.
 */
export function createRenderer(place: LessonPlace): Renderer {
  let step = ''
  const marked: Marked = new Marked({
    renderer: {
      code: ({ text }) => codeHtml(text).html,
      paragraph({ tokens }) {
        const [link] = tokens
        if (tokens.length === 1 && link?.type === 'link' && link.href.startsWith('../../')) {
          return sourceHtml(link.href.slice('../../'.length), link.title ?? '').html
        }
        return `<p>${this.parser.parseInline(tokens)}</p>\n`
      },
      link({ href, tokens }) {
        if (!href.startsWith('do:')) return false
        return actionHtml(href.slice('do:'.length), this.parser.parseInline(tokens), place, step).html
      },
      image({ href, text }) {
        return (
          href.startsWith('picture:') && pictureHtml(href.slice('picture:'.length), text, place.language).html
        )
      },
      listitem(item): string {
        const [names = '', more] = variantsIn(item)
        if (more === undefined) return `<li>${this.parser.parse(item.tokens)}</li>\n`
        const buttons = names.match(/[\w.-]+/g) ?? []
        return html`<li class="break">${buttons.map((name) => [actionHtml(`variant=${name}`, name, place, step), ' '])}<details><summary>${words[place.language].happens}</summary>${raw(marked.parse(more, { async: false }))}</details></li>\n`
          .html
      },
    },
  })
  return {
    lexer: (markdown) => marked.lexer(markdown),
    blocks(tokens, id) {
      step = id
      return raw(marked.parser([...tokens]))
    },
    inline(tokens, id) {
      step = id
      return Parser.parseInline([...tokens], marked.defaults).trim()
    },
    text: (markdown) => marked.parseInline(markdown, { async: false }),
  }
}

/** The names of variants that an item begins with (`**one**, **two** — …`), and the text behind them. */
function variantsIn({ text }: Tokens.ListItem): [names?: string | undefined, more?: string | undefined] {
  const found = /^(\*\*[\w.-]+\*\*(?:(?:、|, | and )\*\*[\w.-]+\*\*)*) — ([\s\S]*)$/.exec(text)
  return found ? [found[1]?.replaceAll(' and ', ', '), found[2]] : []
}
