import { summaryOf } from '#store-contract'
import { flag, names, readArguments } from '../common/arguments.ts'
import { reportTrouble } from '../common/words.ts'
import { type ListedStore, listed } from './listed.ts'
import { lookUp } from './registry.ts'
import { readResults, type StoreResult, writeResults } from './results.ts'
import { blank, runStore } from './run-store.ts'

const listedNames = listed.map(({ name }) => name)

const command = {
  run: 'npm run stores:matrix',
  options: {
    list: flag({ ja: 'ストアと、分かっていることの一覧', en: 'list the stores and what is known of them' }),
    only: names({ value: '<a,b>' }, listedNames, { ja: 'このストアだけ', en: 'only these stores' }),
    registry: flag({
      ja: '調べる代わりに、npmでの版と日付を書き込む',
      en: 'do not run them: note version and date from npm',
    }),
  },
}

/** Runs the contract on every listed store that can be run here, or on those of `--only`. */
async function main() {
  const options = readArguments(command)
  if (!options) return
  const { only = listedNames, registry } = options
  if (options.list) return list()
  for (const store of listed.filter(({ name }) => only.includes(name))) {
    const before = readResults().stores.find(({ name }) => name === store.name)
    if (registry) writeResults([withRegistry(store, before)], listedNames)
    else if (store.how) await run(store, before)
  }
}

async function run({ name }: ListedStore, before: StoreResult | undefined) {
  process.stdout.write(`${name} … `)
  const begin = performance.now()
  const result = await runStore(name, before)
  const isServerMissing = /is not installed/.test(result.couldNotRun ?? '')
  if (!isServerMissing || !before) writeResults([result], listedNames)
  console.log(`${summaryLine(result)} (${Math.round((performance.now() - begin) / 1000)} s)`)
  if (isServerMissing) {
    console.log(
      `  ${name} に要るサーバーがこのマシンに入っていないので、調べませんでした。入れてからもう一度どうぞ。\n` +
        `  The server that ${name} needs is not installed on this machine: it was not tried. Install it and run again.`,
    )
  }
}

function summaryLine({ version, couldNotRun, found }: StoreResult): string {
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
  for (const { name, how = 'not-run' } of listed) {
    const result = stores.find((each) => each.name === name)
    console.log(
      `${name.padEnd(40)} ${how.padEnd(9)} ${result && how !== 'not-run' ? summaryLine(result) : ''}`,
    )
  }
}

main().catch(reportTrouble)
