import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../common/places.ts'
import type { Range, ShownApp } from '../results/proof.ts'

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

/** Some lines of a source file, without the indentation of the first; undefined when they are not there. */
export function sourceOf({ file, line, lastLine }: Range): Source | undefined {
  const lines = read(file)
    ?.split('\n')
    .slice(line - 1, lastLine)
  const first = lines?.[0]
  if (!lines || first === undefined) return undefined
  const indentation = first.slice(0, first.length - first.trimStart().length)
  const text = lines.map((each) => (each.startsWith(indentation) ? each.slice(indentation.length) : each))
  return { file, line, text: text.join('\n') }
}

/** The source of an app: its file, or the lines of the test that make it. Undefined when the proof itself does. */
export function appSource(app: ShownApp): Source | undefined {
  if (app.kind === 'inline') return joined(app.source.flatMap((range) => sourceOf(range) ?? []))
  const file = `apps/${app.scenario}/${app.variant}.ts`
  const text = read(file)
  return text === undefined ? undefined : { file, line: 1, text: text.trimEnd() }
}

function joined(pieces: readonly Source[]): Source | undefined {
  const [first] = pieces
  return first && { ...first, text: pieces.map(({ text }) => text).join('\n\n') }
}

/** The lines of a proof that say in which app its claim holds and in which it fails; undefined when they are not there. */
export function settingsOf(proof: Range): Source | undefined {
  const source = sourceOf(proof)
  const lines = source?.text.split('\n') ?? []
  const start = lines.findIndex((line) => /\bholdsIn\b/.test(line))
  const [first] = lines.slice(start)
  if (!source || start < 0 || first === undefined) return undefined
  const depth = first.length - first.trimStart().length
  const isOutside = (line: string) => line.length - line.trimStart().length < depth
  const rest = lines.slice(start + 1)
  const end = first.includes('failsIn') ? 0 : rest.findIndex(isOutside)
  const text = [first, ...rest.slice(0, end)].map((line) => line.slice(depth)).join('\n')
  return { file: source.file, line: source.line + start, text }
}
