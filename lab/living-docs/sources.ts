import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { excerpt } from '../lessons.ts'
import { root } from '../places.ts'

/** A piece of a source file as it stands there now. */
export interface Source {
  /** Path from the project's folder. */
  file: string
  /** Where the piece begins, from 1. */
  line: number
  text: string
}

const read = (file: string): string | undefined =>
  /^(apps|e2e)\//.test(file) && !file.includes('..') && existsSync(join(root, file))
    ? readFileSync(join(root, file), 'utf8')
    : undefined

/**
 * The `prove(…)` call that begins on a line of a spec, with the loop around it when there is one: its cases stand
 * there. Undefined when the spec or the line is not there.
 */
export function proofSource(file: string, line: number): Source | undefined {
  const source = read(file)
  if (source === undefined) return undefined
  const lines = source.split('\n')
  const loop = loopAround(lines, line - 1)
  if (loop) return { file, line: loop[0] + 1, text: lines.slice(loop[0], loop[1] + 1).join('\n') }
  const rest = lines.slice(line - 1)
  const first = rest[0]?.trimStart()
  const text = first ? excerpt(rest.join('\n'), first) : undefined
  return text === undefined ? undefined : { file, line, text }
}

/** First and last line of the outermost loop around a line. */
function loopAround(
  lines: readonly string[],
  at: number,
): readonly [first: number, last: number] | undefined {
  if (!/^\s/.test(lines[at] ?? '')) return undefined
  const first = lines.findLastIndex((text, index) => index < at && /^[^\s)\]}]/.test(text))
  const last = lines.findIndex((text, index) => index > at && text.startsWith('}'))
  return lines[first]?.startsWith('for ') && last > first ? [first, last] : undefined
}

/** The source of an app under test: its file, or for an app written in a spec the piece of the spec that makes it. */
export function appSource(app: string, proof: Source | undefined, role: 'holdsIn' | 'failsIn') {
  const file = appFile(app)
  const text = file && read(file)
  if (file && text) return { file, line: 1, text: text.trimEnd() }
  return proof && inlineSource(proof, role)
}

/** The file of an app that a report calls `<scenario>` or `<scenario>/<variant>`; undefined for an app in a spec. */
export function appFile(app: string): string | undefined {
  const [, slug, variant = 'app'] = /^([\w-]+)(?:\/([\w.-]+))?$/.exec(app) ?? []
  return slug && `apps/${slug}/${variant}.ts`
}

/** What an app under test is called by: the name that follows `holdsIn:` or `failsIn:` in a `prove(…)`. */
function inlineSource({ file, text }: Source, role: string): Source | undefined {
  const name = new RegExp(`\\b${role}(?::\\s*([A-Za-z_$][\\w$]*)|\\s*[,}])`).exec(text)
  const source = read(file)
  if (!name || source === undefined) return undefined
  const called = name[1] ?? role
  const starts = [`const ${called} `, `const ${called}:`, `function ${called}(`, `const ${called}=`]
  const start = starts.find((candidate) => source.includes(`\n${candidate}`) || source.startsWith(candidate))
  const found = start === undefined ? undefined : statementFrom(source, start)
  return found && { file, ...found }
}

/** `excerpt` wants a closing bracket; a definition in one line, or one that ends without, is shown as well. */
function statementFrom(source: string, start: string): { line: number; text: string } | undefined {
  const lines = source.split('\n')
  const from = lines.findIndex((line) => line.startsWith(start))
  if (from < 0) return undefined
  const rest = lines.slice(from)
  const text = excerpt(rest.join('\n'), start)
  if (text?.includes('\n')) return { line: from + 1, text }
  const end = rest.findIndex((line, index) => index > 0 && !/^\s/.test(line))
  return { line: from + 1, text: rest.slice(0, Math.max(end, 1)).join('\n') }
}
