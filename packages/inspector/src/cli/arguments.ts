import { parseArgs } from 'node:util'

export const help = `express-session-inspector [options] [<file> | <command>] [arguments …]

  アプリの前に付けて起動すると、セッションに何が起きたかを別のポートで見られます。アプリは1行も変えません。
  Put it in front of your app, and see on a port of its own what happens to its sessions. No line of the app changes.

    npx express-session-inspector app.js
    npx express-session-inspector npm run dev
    npx express-session-inspector --fail-on fault -- npm test
    npx express-session-inspector            package.jsonのdevかstart / the dev or start script of package.json

  --port <n>       観察の画面のポート(0: 空いているもの) / port of the panel (0: any free one)  [4980]
  --open           画面をブラウザーで開く / open the panel in the browser
  --report <file>  診断と記録をこのファイルに書き続ける(セッションIDは別名になる。.txtと.mdなら診断を文章で)
                   / keep findings and record in this file, sids aliased; findings in words with .txt and .md
  --fail-on <kind> fault、risk、adviceの診断(かそれより重いもの)があれば、終了コードを1にする
                   / exit code 1 where there is a finding of this kind or a worse one
  --all            多くのリクエストが続いても、すべてを記録する(アプリは遅くなる)
                   / record every request, however many come (the app is slower then)
  --peek <file>    知らないストアのレコードを横から読むモジュール: export default (store, sid) => JSONの文字列か、なければnull
                   / a module that reads the rows of a store that is not known: export default (store, sid) => JSON text, or null
  --production     NODE_ENV=productionでも動かす / also with NODE_ENV=production
  --pid <n>        動いているプロセスに付ける / attach to a process that is running
  --help           この説明 / this text
`

const options = {
  port: { type: 'string' },
  open: { type: 'boolean', default: false },
  report: { type: 'string' },
  'fail-on': { type: 'string' },
  all: { type: 'boolean', default: false },
  peek: { type: 'string' },
  production: { type: 'boolean', default: false },
  pid: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

/**
 * Reads the command line: options of ours come first, and what begins with the first word that is none belongs to the
 * app.
 * @throws Error in words for an option that is not known
 */
export function readArguments(given: readonly string[]) {
  let end = 0
  while (end < given.length && given[end]?.startsWith('-') && given[end] !== '--') {
    const name = given[end]?.slice(2) ?? ''
    const takesValue = name in options && options[name as keyof typeof options].type === 'string'
    end += takesValue ? 2 : 1
  }
  const rest = given.slice(given[end] === '--' ? end + 1 : end)
  try {
    const { values } = parseArgs({ args: given.slice(0, end), options, strict: true })
    return { ...values, command: rest }
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${help}`)
  }
}
