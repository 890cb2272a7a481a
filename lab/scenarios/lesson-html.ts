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
        const { names, lead, facts } = variantsIn(item) ?? {}
        if (!names) return `<li>${this.parser.parse(item.tokens)}</li>\n`
        const buttons = names.map((name) => [
          html`<span id="break-${name}">${actionHtml(`variant=${name}`, name, place, step)}</span>`,
          ' ',
        ])
        const parsed = (markdown = '') => raw(marked.parse(markdown, { async: false }))
        const { happens } = words[place.language]
        const told = place.isOnPaper
          ? parsed(facts)
          : html`<details><summary>${happens}</summary>${parsed(facts)}</details>`
        return html`<li class="break">${buttons}${lead && parsed(lead)}${told}</li>\n`.html
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

/**
 * The variants that an item begins with (`**one**, **two** — …`), and the text behind them: its first sentence says what
 * they are, and what follows are facts. A single sentence is one of facts.
 */
function variantsIn({ text }: Tokens.ListItem): { names: string[]; lead: string; facts: string } | undefined {
  const found = /^(\*\*[\w.-]+\*\*(?:(?:、|, | and )\*\*[\w.-]+\*\*)*) — ([\s\S]*)$/.exec(text)
  if (!found) return undefined
  const [, bold = '', told = ''] = found
  const names = [...bold.matchAll(/\*\*([\w.-]+)\*\*/g)].map(([, name = '']) => name)
  const [, lead = '', facts = told] = /^((?:`[^`]*`|[^`])+?(?:。|\. ))(?=\S)([\s\S]+)$/.exec(told) ?? []
  return { names, lead, facts }
}
