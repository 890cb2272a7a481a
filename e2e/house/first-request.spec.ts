import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from '../../common/compile.mjs'
import { expect, test } from '../support/worker.ts'

/** What is loaded at once with a compiled program, and not what it imports later: the text of each file. */
function loadedWith(file: string, known = new Map<string, string>()): Map<string, string> {
  if (known.has(file)) return known
  const text = readFileSync(file, 'utf8')
  known.set(file, text)
  for (const name of importedBy(text)) if (name.startsWith('./')) loadedWith(join(dirname(file), name), known)
  return known
}

const importedBy = (text: string): string[] =>
  [...text.matchAll(/^(?:import (?:.* from )?|\} from )['"]([^'"]+)['"];/gm)].map(([, name = '']) => name)

/** The packages of the registry that these files import, or require: each of these stands in a function of its own. */
function packagesOf(files: readonly string[]): string[] {
  const text = files.join('\n')
  const functions = text.matchAll(/^var (require_\w+) = __commonJS\(\{\n {2}"package:([^"]+)"/gm)
  const nameOf = new Map([...functions].map(([, call = '', name = '']) => [call, name]))
  const required = [...text.matchAll(/__toESM\((require_\w+)\(\)/g)].map(
    ([, call = '']) => nameOf.get(call) ?? call,
  )
  return [...importedBy(text).filter((name) => !/^(\.|node:)/.test(name)), ...required]
}

for (const file of ['lab/cli/demo.ts', 'lab/lab.ts']) {
  test(`${file} loads no package that only a lab page needs`, async () => {
    const read = loadedWith(fileURLToPath(await compile(file)))
    const packages = new Set(packagesOf([...read.values()]))
    const light = ['escape-html', 'http-errors']
    expect([...packages].filter((name) => !light.includes(name))).toEqual([])
    expect(read.size).toBeGreaterThan(1) // what it is made of was found and read
  })
}
