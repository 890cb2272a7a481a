import escapeHtml from 'escape-html'

/** Text that is HTML already. */
export interface Html {
  readonly html: string
}

type Part = Html | string | number | null | undefined | false | readonly Part[]

const text = (part: Part): string => {
  if (part === null || part === undefined || part === false) return ''
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  return 'html' in part ? part.html : part.map(text).join('')
}

/** A piece of a page; what is put into it is escaped unless it is HTML itself, and left out when there is nothing. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html => ({
  html: strings.reduce((whole, string, index) => whole + text(parts[index - 1]) + string),
})

/** HTML from elsewhere. */
export const raw = (trusted: string): Html => ({ html: trusted })
