import jsTokens, { type Token } from 'js-tokens'
import { type Html, html } from './html.ts'

const keywords = new Set(
  (
    'async await break case catch class const continue default delete do else export extends false finally for from ' +
    'function if import in instanceof interface let new null of return satisfies switch this throw true try type ' +
    'typeof undefined void while yield'
  ).split(' '),
)

/** The class that colours a token; undefined for what stays as it is. */
function kindOf({ type, value }: Token): string | undefined {
  if (/Comment$/.test(type)) return 'comment'
  if (/^StringLiteral$|Template|RegularExpression/.test(type)) return 'string'
  if (type === 'NumericLiteral') return 'number'
  return type === 'IdentifierName' && keywords.has(value) ? 'keyword' : undefined
}

/** TypeScript or JavaScript with its tokens coloured; whatever it is, the text stays the same. */
export const highlight = (source: string): Html =>
  html`${[...jsTokens(source)].map((token) => {
    const kind = kindOf(token)
    return kind ? html`<span class="code-${kind}">${token.value}</span>` : token.value
  })}`
