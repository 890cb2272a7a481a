import { relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { flag, readArguments } from '../common/arguments.ts'
import { root } from '../common/places.ts'
import { reportTrouble, Trouble } from '../common/words.ts'
import { docsFolder, readRun, siteIn } from './results/run-files.ts'

const command = {
  run: 'npm run docs',
  options: {
    passages: flag({
      ja: 'ページを作る代わりに、入っているREADMEからstatements/passages.tsを作り直す',
      en: 'make no pages: renew statements/passages.ts from the installed README',
    }),
  },
}

async function main() {
  const options = readArguments(command)
  if (!options) return
  if (options.passages) {
    const { writePassages } = await import('./results/write-passages.ts')
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
  const { writeSite } = await import('./site/site.ts')
  const site = siteIn(docsFolder)
  const size = writeSite(run, site)
  console.log(`${pathToFileURL(`${site}/index.html`).href}  (${(size / 1e6).toFixed(1)} MB)`)
}

await main().catch(reportTrouble)
