import { parseArgs } from 'node:util'
import { summaryOf } from '../contract/summary.ts'
import { reportTrouble, Trouble } from '../lab/words.ts'
import { type ListedStore, listed } from './listed.ts'
import { lookUp } from './registry.ts'
import { readResults, type StoreResult, writeResults } from './results.ts'
import { blank, runStore } from './run-store.ts'

const usage = 'npm run stores:matrix -- [--list] [--only NAME]… [--registry]'

/** Runs the contract on every listed store that can be run here, or on those of `--only`. */
async function main() {
  const { values } = parseArgs({
    options: {
      list: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      registry: { type: 'boolean', default: false },
    },
  })
  if (values.list) return list()
  for (const store of chosen(values.only)) {
    const before = readResults().stores.find(({ name }) => name === store.name)
    if (values.registry) writeResults([withRegistry(store, before)], names)
    else if (store.how !== 'not-run') await run(store, before)
  }
}

const names = listed.map(({ name }) => name)

function chosen(only: readonly string[]): readonly ListedStore[] {
  const unknown = only.filter((name) => !names.includes(name))
  if (unknown.length > 0) {
    throw new Trouble({
      ja: `${unknown.join('、')} は一覧にありません。名前は npm run stores:matrix -- --list で見られます。\n使い方: ${usage}`,
      en: `${unknown.join(', ')} is not listed. See the names with npm run stores:matrix -- --list.\nUsage: ${usage}`,
    })
  }
  return only.length > 0 ? listed.filter(({ name }) => only.includes(name)) : listed
}

async function run({ name }: ListedStore, before: StoreResult | undefined) {
  process.stdout.write(`${name} … `)
  const begin = performance.now()
  const result = await runStore(name, before)
  const isServerMissing = /is not installed/.test(result.couldNotRun ?? '')
  if (!isServerMissing || !before) writeResults([result], names)
  console.log(`${told(result)} (${Math.round((performance.now() - begin) / 1000)} s)`)
  if (isServerMissing) {
    console.log(
      `  ${name} に要るサーバーがこのマシンに入っていないので、調べませんでした。入れてからもう一度どうぞ。\n` +
        `  The server that ${name} needs is not installed on this machine: it was not tried. Install it and run again.`,
    )
  }
}

function told({ version, couldNotRun, found }: StoreResult): string {
  if (couldNotRun !== null) return `${version ?? ''} could not run: ${couldNotRun}`
  if (version === null) return 'not run yet'
  const { works, faults } = summaryOf(found)
  const list = faults.length > 0 ? `: ${faults.join(', ')}` : ''
  return `${version} ${works ? 'works' : 'does not work'}, ${faults.length} faults${list}`
}

/** What is known of a store, with what the registry says of it today. */
function withRegistry({ name }: ListedStore, before: StoreResult | undefined): StoreResult {
  const known = lookUp(name)
  console.log(
    `${name} ${known ? `${known.newest}${known.published ? ` of ${known.published}` : ''}` : 'not in the registry, or no answer'}`,
  )
  const looked = new Date().toISOString().slice(0, 10)
  const result = before ?? blank(name, undefined)
  return known ? { ...result, registry: { ...known, looked } } : result
}

function list() {
  const { stores } = readResults()
  for (const { name, how } of listed) {
    const result = stores.find((each) => each.name === name)
    console.log(`${name.padEnd(40)} ${how.padEnd(9)} ${result && how !== 'not-run' ? told(result) : ''}`)
  }
}

main().catch(reportTrouble)
