import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { Claim } from '../claim.ts'
import { Unusable } from '../load.ts'
import type { AdapterModule } from '../protocol.ts'
import { type But, chosenClaims } from '../standing.ts'

export const help = `express-session-store-contract [options] <module>

  セッションストアがすべきことを、1文ずつ、あなたのストアで確かめます。
  What a session store has to do, tried sentence by sentence on yours.

    npx express-session-store-contract ./my-store.js
    npx express-session-store-contract ./my-store.js --but touch.expired='rows are cleared once a minute'

  モジュールは createStore({ session, folder }) か既定のエクスポートでストアを返します。
  The module gives the store from createStore({ session, folder }) or its default export.

  --but <id>=<reason>  成り立たなくてよい文と、その理由(何度でも) / a sentence that is not meant to hold, and why (repeatable)
  --only <id>          この文か、この題目(touchなど)だけ(何度でも) / only this sentence, or those of a topic as touch (repeatable)
  --export <name>      ストアを作るエクスポートの名前 / the export that makes the store
  --json               結果をJSONで / the result as JSON
  --help               この説明 / this text

  終了コード / exit code: 0 成り立つ / holds, 1 成り立たない文がある / a sentence is broken, 2 試せない / could not be tried
`

const options = {
  but: { type: 'string', multiple: true, default: [] as string[] },
  only: { type: 'string', multiple: true, default: [] as string[] },
  export: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

export interface Order {
  from: AdapterModule
  claims: readonly Claim[]
  but: But
  json: boolean
}

/**
 * Reads the command line.
 * @param cwd where the path of the module begins
 * @returns what to do; undefined: show the help
 * @throws Unusable in words for whatever it does not understand
 */
export function readArguments(given: readonly string[], cwd: string): Order | undefined {
  const { values, positionals } = parse(given)
  if (values.help) return undefined
  const [path, more] = positionals
  if (path === undefined)
    throw new Unusable({ ja: 'モジュールの名前がありません(--help)', en: 'no module is named (--help)' })
  if (more !== undefined)
    throw new Unusable({
      ja: `モジュールは1つだけです。余分: ${more}`,
      en: `one module at a time; too much: ${more}`,
    })
  const file = resolve(cwd, path)
  if (!existsSync(file)) throw new Unusable({ ja: `${file} がありません`, en: `there is no ${file}` })
  return {
    from: { url: pathToFileURL(file).href, ...(values.export !== undefined && { export: values.export }) },
    claims: claimsOf(values.only),
    but: Object.fromEntries(values.but.map(reasonOf)),
    json: values.json,
  }
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({ args: [...given], options, strict: true, allowPositionals: true })
  } catch (error) {
    const { message } = error as Error
    throw new Unusable({ ja: `${message} (--help)`, en: `${message} (--help)` })
  }
}

function claimsOf(names: readonly string[]): readonly Claim[] {
  try {
    return chosenClaims(names)
  } catch (error) {
    throw noSuchClaim((error as RangeError).message)
  }
}

function reasonOf(given: string): [id: string, reason: string] {
  const [, id = given, reason = ''] = /^([^=]*)=(.*)$/s.exec(given) ?? []
  if (!chosenClaims().some((claim) => claim.id === id)) throw noSuchClaim(id)
  if (reason.trim() === '')
    throw new Unusable({
      ja: `--but ${id} に理由がありません。例: --but ${id}=理由`,
      en: `--but ${id} has no reason: --but ${id}='because …'`,
    })
  return [id, reason]
}

const noSuchClaim = (id: string) =>
  new Unusable({
    ja: `${id} という文はありません。一覧: ${ids()}`,
    en: `there is no sentence ${id}. There are ${ids()}`,
  })
const ids = () =>
  chosenClaims()
    .map(({ id }) => id)
    .join(', ')
