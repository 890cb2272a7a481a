import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from '../../common/compile.mjs'
import { expect, test } from '../support/worker.ts'

/** The packages of the registry that are loaded with a compiled program, at once: not what it imports later. */
function packagesOf(file: string, known = new Set<string>()): string[] {
  if (known.has(file)) return []
  known.add(file)
  const imported = readFileSync(file, 'utf8').matchAll(/^(?:import (?:.* from )?|\} from )"([^"]+)";$/gm)
  return [...imported].flatMap(([, name = '']) =>
    name.startsWith('./')
      ? packagesOf(join(dirname(file), name), known)
      : name.startsWith('node:')
        ? []
        : [name],
  )
}

for (const file of ['lab/cli/demo.ts', 'lab/lab.ts']) {
  test(`${file} loads no package that only a lab page needs`, async () => {
    const read = new Set<string>()
    const packages = new Set(packagesOf(fileURLToPath(await compile(file)), read))
    const light = ['escape-html', 'http-errors']
    expect([...packages].filter((name) => !light.includes(name))).toEqual([])
    expect(read.size).toBeGreaterThan(1) // what it is made of was found and read
  })
}
