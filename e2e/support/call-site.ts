import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../../common/places.ts'
import type { SourceLine } from '../../docs-site/results/proof.ts'

type Called = (...args: never[]) => unknown

/**
 * Where `called` is being called from.
 * @throws Error when the engine does not tell
 */
export function callSite(called: Called): SourceLine {
  const [caller] = callSites(called)
  if (!caller) throw new Error(`Cannot tell where ${called.name} is called`)
  return caller
}

/** The calls in files of `e2e/` that have led to `called`, the innermost first. */
export function callSites(called: Called): SourceLine[] {
  const holder: { stack?: string } = {}
  Error.captureStackTrace(holder, called)
  const lines = holder.stack?.split('\n').slice(1) ?? []
  return lines.flatMap(lineIn).filter(({ file }) => file.startsWith('e2e/'))
}

function lineIn(frame: string): SourceLine[] {
  const [, path, line] = /\(?((?:file:\/\/|\/|[A-Z]:\\)[^()]*?):(\d+):\d+\)?$/.exec(frame) ?? []
  if (path === undefined) return []
  const file = relative(root, path.startsWith('file:') ? fileURLToPath(path) : path)
  return [{ file: file.split(sep).join('/'), line: Number(line) }]
}
