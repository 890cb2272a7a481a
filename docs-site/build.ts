import { relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { root } from '../places.ts'
import { reportTrouble, Trouble } from '../words.ts'
import { docsFolder, readRun, siteIn } from './places.ts'
import { writeSite } from './site.ts'
import { writePassages } from './write-passages.ts'

function main() {
  const { values } = parseArgs({ options: { passages: { type: 'boolean', default: false } } })
  if (values.passages) {
    console.log(`statements/passages.ts: ${writePassages()} passages`)
    return
  }
  const run = readRun(docsFolder)
  if (!run) {
    throw new Trouble({
      ja: `テストの結果がまだありません(${relative(root, docsFolder)}/results.json)。先に npm test を、引数なしで実行してください。`,
      en: `There are no results yet (${relative(root, docsFolder)}/results.json). Run npm test first, without arguments.`,
    })
  }
  const site = siteIn(docsFolder)
  const size = writeSite(run, site)
  console.log(`${pathToFileURL(`${site}/index.html`).href}  (${(size / 1e6).toFixed(1)} MB)`)
}

try {
  main()
} catch (problem) {
  reportTrouble(problem)
}
