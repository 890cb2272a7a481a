// @ts-check
// In each page of a demo, which is written in English as the documentation is: says its words in Japanese where the
// page around it does or, where a demo stands alone, the browser. What went over the wire stays as it was.

/** Elements that hold what visitors typed, what a session holds, and code: only what is named with them is replaced. */
const data = new Set(['B', 'CODE', 'DD', 'DT', 'OUTPUT', 'PRE', 'Q', 'STRONG', 'TIME'])
const silent = new Set(['SCRIPT', 'STYLE', 'TEXTAREA'])
const spokenAttributes = ['alt', 'aria-label', 'placeholder', 'title']

/**
 * Says a text in the other language; undefined where it has none.
 * @param {Readonly<Record<string, string>>} words by the text in the code: `{name}` in both is whatever stands there,
 *   and `<b>none` is the text of a `b`
 */
export function translator(words) {
  const patterns = Object.entries(words)
    .filter(([from]) => hole.test(from))
    .sort(([one], [other]) => other.length - one.length) // what says more comes first
    .map(([from, to]) => ({ from: patternOf(from), to }))
  return (/** @type {string} */ text, /** @type {string} */ tag) => {
    const key = (data.has(tag) ? `<${tag.toLowerCase()}>` : '') + text.trim().replaceAll(/\s+/g, ' ')
    if (Object.hasOwn(words, key)) return words[key]
    const found = patterns.find(({ from }) => from.test(key))
    const parts = found?.from.exec(key)?.groups
    return found?.to.replace(holes, (_, name) => parts?.[name] ?? '')
  }
}

const hole = /\{(\w+)\}/
const holes = /\{(\w+)\}/g

function patternOf(/** @type {string} */ text) {
  const parts = text.split(hole) // literal, name, literal, …
  const sources = parts.map((part, n) =>
    n % 2 ? `(?<${part}>.*?)` : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  )
  return new RegExp(`^${sources.join('')}$`)
}

/** The language of the page around; of one of another origin, the lab has written it into the name of the frame. */
function languageAround() {
  for (
    let view = window;
    view !== view.parent;
    view = /** @type {Window & typeof globalThis} */ (view.parent)
  ) {
    const [, language] = /^demo-\w+\.(\w+)$/.exec(ask(() => view.name) ?? '') ?? []
    if (language) return language
  }
  return window === top ? undefined : ask(() => top?.document.documentElement.lang)
}

/**
 * What another page, or the browser, may keep from us.
 * @template T
 * @param {() => T} question
 */
function ask(question) {
  try {
    return question()
  } catch {
    return undefined
  }
}

/** Says the page's words in the language of the reader, also those that its scripts write later. */
export function speak(/** @type {Readonly<Record<string, string>>} */ words) {
  const chosen = () => ask(() => localStorage.getItem('express-session-lab.language'))
  const language = (languageAround() || chosen() || navigator.language).startsWith('ja') ? 'ja' : 'en'
  const translate = translator(language === 'ja' ? words : {})
  /** What was replaced, by its text node. @type {WeakMap<Node, { written: string; said: string }>} */
  const replaced = new WeakMap()

  function sayText(/** @type {Text} */ node) {
    const tag = node.parentElement?.tagName ?? ''
    const to = silent.has(tag) ? undefined : translate(node.data, tag)
    if (to === undefined) return
    const [, before = '', after = ''] = /^(\s*).*?(\s*)$/s.exec(node.data) ?? []
    const said = before + to + after
    replaced.set(node, { written: node.data, said })
    node.data = said
  }

  function sayAttributes(/** @type {Element} */ element) {
    const isButton = element.matches('input[type="submit"]')
    for (const name of isButton ? [...spokenAttributes, 'value'] : spokenAttributes) {
      const to = translate(element.getAttribute(name) ?? '', '')
      if (to !== undefined) element.setAttribute(name, to)
    }
    const { lang } = /** @type {HTMLElement} */ (element)
    if (lang && element !== document.documentElement) element.toggleAttribute('hidden', lang !== language)
  }

  function say(/** @type {Node} */ root) {
    if (root instanceof Text) return sayText(root)
    if (!(root instanceof Element)) return
    sayAttributes(root)
    for (const child of root.childNodes) say(child)
  }

  /** The text of an element as the app wrote it. @returns {string} */
  function writtenIn(/** @type {Node} */ node) {
    if (!(node instanceof Text)) return [...node.childNodes].map(writtenIn).join('')
    const known = replaced.get(node)
    return known?.said === node.data ? known.written : node.data
  }
  Object.assign(window, { writtenIn })

  document.addEventListener('DOMContentLoaded', () => {
    document.documentElement.lang = language
    say(document.documentElement)
    new MutationObserver((changes) => {
      for (const { type, target, addedNodes } of changes)
        for (const node of type === 'characterData' ? [target] : addedNodes) say(node)
    }).observe(document.documentElement, { characterData: true, childList: true, subtree: true })
  })
}
