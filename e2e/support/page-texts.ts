/** A text that a page shows, and the element that it stands in; none of an attribute. */
export interface PageText {
  text: string
  tag: string
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const decoded = (text: string) =>
  text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name] ?? '')

const isVoid = (tag: string) => /^(?:br|hr|img|input|link|meta)$/.test(tag)

/** All that a page shows to its readers, texts and attributes, in its order; not what runs in it. */
export function textsOf(html: string): PageText[] {
  const around: string[] = []
  const texts: PageText[] = []
  for (const [part = '', closing, tag = '', head = ''] of html
    .replaceAll(/<!doctype html>|(<(script|style)\b[^>]*>).*?(?=<\/\2>)/gs, '$1')
    .matchAll(/<(\/?)([a-z][\w]*)((?:"[^"]*"|[^>])*)>|[^<]+/g)) {
    if (tag === '') texts.push({ text: part, tag: around.at(-1) ?? '' })
    else if (closing) around.splice(around.lastIndexOf(tag))
    else {
      texts.push(...spokenAttributes(tag, head))
      if (!isVoid(tag)) around.push(tag)
    }
  }
  return texts.map(({ text, tag }) => ({ text: decoded(text).trim(), tag })).filter(({ text }) => text !== '')
}

const spokenAttributes = (tag: string, head: string): PageText[] =>
  [...head.matchAll(/\s([\w-]+)="([^"]*)"/g)]
    .filter(
      ([, name = '']) =>
        /^(?:alt|aria-label|placeholder|title)$/.test(name) ||
        (name === 'value' && tag === 'input' && head.includes('type="submit"')),
    )
    .map(([, , text = '']) => ({ text, tag: '' }))
