import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { root } from '../common/places.ts'

/** Where the pages of a demo find the script that says their words in the reader's language. */
export const wordsPath = '/__lab/words.js'

/** What the pages of a scenario say in Japanese, by what stands in its code. */
export function demoWordsOf(slug: string): Readonly<Record<string, string>> {
  const file = join(root, 'views', slug, 'ja.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

/**
 * Answers with the script that says the words of a demo's pages in the reader's language, at every address of the demo
 * and before it: the request reaches no session, and nobody records it.
 * @returns of one request, whether it was answered
 */
export function createDemoWords(slug: string): (req: IncomingMessage, res: ServerResponse) => boolean {
  let made: { script: string; tag: string } | undefined
  return (req, res) => {
    if (req.url !== wordsPath) return false
    made ??= make(slug)
    const headers = { 'Cache-Control': 'no-cache', ETag: made.tag, 'X-Content-Type-Options': 'nosniff' }
    if (req.headers['if-none-match'] === made.tag) {
      res.writeHead(304, headers).end()
    } else {
      res.writeHead(200, { ...headers, 'Content-Type': 'text/javascript; charset=utf-8' }).end(made.script)
    }
    return true
  }
}

/** No module, which would run only when the page has been shown. */
function make(slug: string) {
  const module = readFileSync(join(root, 'lab/pages/assets/demo-words.js'), 'utf8')
  const script = `;(() => {\n${module.replaceAll(/^export /gm, '')}\nspeak(${JSON.stringify(demoWordsOf(slug))})\n})()\n`
  return { script, tag: `"${createHash('sha256').update(script).digest('base64url')}"` }
}
