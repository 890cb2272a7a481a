import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright'
import * as v from 'valibot'
import { readArguments, text, wholeNumber } from '../common/arguments.ts'
import { root } from '../common/places.ts'
import { reportTrouble } from '../common/words.ts'
import { use } from '../e2e/support/use.ts'
import { sections, sentences } from '../statements/index.ts'
import { hasBrowser } from './browser.ts'
import { decide, type Learned, learn } from './decide.ts'
import { codeOf, exactVersion, historyOf, type Installed, install, sourceOf, wordsOf } from './install.ts'
import { agree, flipsOf, type Judged, judge, type Seen, spansOf } from './judge.ts'
import { knows, namesOf, noteAbout, readHistory, textsIn } from './notes.ts'
import { compareVersions } from './order.ts'
import { type SideKey, textOfKey } from './outcome.ts'
import { type Release, type Span, type Stack, type VersionsResults, versionsResults } from './results.ts'
import type { Outcomes } from './run-release.ts'
import { tell } from './tell.ts'
import { readByEye } from './told.ts'

const own = (name: string) =>
  (JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as { version: string })
    .version

const command = {
  run: 'npm run versions',
  options: {
    express: text({ value: '<version>' }, own('express'), {
      ja: '一緒に使うExpressのバージョン(4、4.16.4など)',
      en: 'the Express to run it with (4, 4.16.4 and the like)',
    }),
    only: text({ value: '<a,b>' }, undefined, {
      ja: 'express-sessionのこのバージョンだけ',
      en: 'only these releases of express-session',
    }),
    repeat: wholeNumber({ value: '<n>' }, 1, {
      ja: '繰り返す回数。食い違った文は「不安定」になる',
      en: 'how often; a sentence that differs is said to be spurious',
    }),
    json: text({ value: '<file>' }, 'versions/results.json', {
      ja: '結果を書くファイル',
      en: 'where the results go',
    }),
  },
  notes: {
    ja: '公式ドキュメントの文が、express-sessionのどのバージョンで成り立つかを調べます。ほかの組み合わせの結果は残ります。',
    en: 'Finds out which sentence of the documentation holds in which release of express-session. What is known of other stacks stays.',
  },
}

/** Tries all sentences on all releases, or on those of `--only`, and writes what came of it. */
async function main() {
  const options = readArguments(command)
  if (!options) return
  const begin = performance.now()
  const express = exactVersion('express', options.express)
  const browser = await nameBrowser()
  const installed = await install(express, options.only?.split(','))
  const file = resolve(root, options.json)
  const before = readResults(file)
  const runs: Map<string, Outcomes>[] = []
  /** What is known so far is written at once: a run that is broken off has not been for nothing. */
  const keep = () => {
    const old = options.only && before.stacks.find(({ slug }) => slug === slugOf(express))
    const seconds = Math.round((performance.now() - begin) / 1000) + (old ? old.seconds : 0)
    const stack = stackOf(express, browser, seconds, options.repeat)
    const results = merge(before, stack, installed, runs)
    writeFileSync(file, `${JSON.stringify(v.parse(versionsResults, results), null, 1)}\n`)
    return { results, stack }
  }
  for (let turn = 1; turn <= options.repeat; turn++) {
    const run = new Map<string, Outcomes>()
    runs.push(run)
    await runAll(installed, run, keep)
  }
  const { results, stack } = keep()
  format(file)
  console.log(tell(results, stack))
}

/** The browser of the claims with its version; null where there is none. */
async function nameBrowser(): Promise<string | null> {
  if (!hasBrowser()) return null
  const browser = await chromium.launch(use.launchOptions)
  const version = browser.version()
  await browser.close()
  return `Chromium ${version}`
}

/** As the project's formatter has it, where that looks at the file at all. */
function format(file: string) {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')
  spawnSync(process.execPath, [biome, 'format', '--write', file], { stdio: 'ignore', cwd: root })
}

const stackOf = (express: string, browser: string | null, seconds: number, repeat: number): Stack => ({
  slug: slugOf(express),
  express,
  node: process.versions.node,
  browser,
  measured: new Date().toISOString(),
  command: `npm run versions -- --express ${express}${repeat > 1 ? ` --repeat ${repeat}` : ''}`,
  seconds,
})

const slugOf = (express: string) => {
  const [major = ''] = express.split('.')
  const isNewest = !express.startsWith('4.') || compareVersions(express, '4.20.0') > 0
  return `express${isNewest ? major : express}-node${process.versions.node.split('.')[0]}`
}

/** Runs each distinct code once, several at a time; releases that are one share what came of it. */
async function runAll(
  { releases, folderOf, express }: Installed,
  found: Map<string, Outcomes>,
  keep: () => unknown,
): Promise<void> {
  const codes = groups(releases.toReversed(), codeOf)
  const [newest] = codes
  if (!newest) return
  const groundOf = ([version = '']: readonly string[]) => ({ session: folderOf(version), express })
  const run = async (same: readonly string[], decided: () => Promise<Outcomes>) => {
    const begin = performance.now()
    const outcomes = await decided()
    for (const version of same) found.set(version, outcomes)
    keep()
    console.log(
      `${same.join(' = ')} (${Math.round((performance.now() - begin) / 1000)} s${countPages(outcomes)})`,
    )
    return outcomes
  }
  const taught: { learned?: Learned } = {}
  const first = await run(newest, async () => {
    const { learned, outcomes } = await learn(groundOf(newest))
    taught.learned = learned
    return outcomes
  })
  const { learned } = taught
  if (!learned) return
  // those that say the same one after the other, as each is compared with the one before
  const queue = groups(codes, ([version = '']) => wordsOf(version))
  const worker = async () => {
    for (let kin = queue.shift(); kin; kin = queue.shift()) {
      let like: Outcomes | undefined
      for (const same of kin)
        like = same === newest ? first : await run(same, () => decide(learned, groundOf(same), like))
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() + 2 }, worker))
}

/** What has the same name together, in the order of the first of each. */
function groups<T>(all: readonly T[], nameOf: (each: T) => string): T[][] {
  const found = new Map<string, T[]>()
  for (const each of all) found.set(nameOf(each), [...(found.get(nameOf(each)) ?? []), each])
  return [...found.values()]
}

/** How many sides were tried in a browser. */
function countPages({ sides }: Outcomes): string {
  const pages = [...sides.values()].filter(({ hasPage }) => hasPage)
  return pages.length > 0 ? `, ${pages.filter((each) => !each.isByTranscript).length} pages` : ''
}

/** What is known, with this stack put in place of what was known of it; of releases left out by `--only`, that stays. */
function merge(
  before: VersionsResults,
  stack: Stack,
  installed: Installed,
  runs: readonly ReadonlyMap<string, Outcomes>[],
): VersionsResults {
  const last = before.releases.map(({ version }) => version)
  const triedBefore = new Set(
    before.sentences
      .flatMap(({ spans }) => Object.values(spans).flatMap((own) => known(own, last)))
      .map(([version]) => version),
  )
  const isTried = (version: string) => triedBefore.has(version) || runs.some((run) => run.has(version))
  const releases = describeReleases(before, installed).filter(({ version }) => isTried(version))
  const versions = releases.map(({ version }) => version)
  const keys = new Map(
    runs.flatMap((run) =>
      [...run.values()].flatMap(({ sides }) => [...sides].map(([name, { key }]) => [name, key] as const)),
    ),
  )
  const all = sentences.map((sentence) => {
    const old = before.sentences.find(({ id }) => id === sentence.id)?.spans ?? {}
    const judged = new Map<string, Judged>(known(old[stack.slug] ?? [], last))
    for (const version of installed.releases.filter((each) => runs.some((run) => run.has(each))))
      judged.set(version, judgeIn(sentence, version, runs, [...keys.values()]))
    return { id: sentence.id, spans: { ...old, [stack.slug]: spansOf(versions, judged) } }
  })
  const isKnown = before.stacks.some(({ slug }) => slug === stack.slug)
  const tried = new Set(known(all[0]?.spans[stack.slug] ?? [], versions).map(([version]) => version))
  const only = tried.size < versions.length ? ` --only ${[...tried].join(',')}` : ''
  const now = { ...stack, command: stack.command + only }
  const stacks = isKnown
    ? before.stacks.map((each) => (each.slug === stack.slug ? now : each))
    : [...before.stacks, now]
  const noteOf = (id: string) => (version: string, from: Span, to: Span) =>
    readByEye(version, id) ??
    noteAbout(
      releases.find((each) => each.version === version)?.notes ?? null,
      namesIn(id),
      [from.message, to.message].flatMap(textsIn),
    )
  const flips = all.flatMap(({ id, spans }) =>
    Object.entries(spans).flatMap(([slug, own]) => flipsOf(id, slug, own, versions, noteOf(id))),
  )
  return { releases, stacks, sentences: all, flips }
}

/** The cells of a stack, release by release. */
const known = (spans: readonly Span[], versions: readonly string[]): [string, Judged][] =>
  spans.flatMap(({ from, to, ...judged }) =>
    versions
      .slice(versions.indexOf(from), versions.indexOf(to) + 1)
      .map((version): [string, Judged] => [version, judged]),
  )

/** The options or methods that a sentence is about; a finding of this lab is about none. */
const namesIn = (id: string): string[] => {
  const section = sections.find(({ statements }) => statements.some((each) => each.id === id))
  return section ? namesOf(id, section) : []
}

function judgeIn(
  sentence: (typeof sentences)[number],
  version: string,
  runs: readonly ReadonlyMap<string, Outcomes>[],
  keys: readonly SideKey[],
): Judged {
  const names = namesIn(sentence.id)
  const hasOption = names.length === 0 || names.some((name) => knows(sourceOf(version), name))
  return agree(
    runs
      .filter((run) => run.has(version))
      .map((run) => {
        const seen = keys.flatMap((key) =>
          key.statements.includes(sentence.id) ? seenIn(run.get(version), key) : [],
        )
        return judge(sentence, seen, hasOption)
      }),
  )
}

/** What became of a side; of one that could not be read, why not. */
function seenIn(outcomes: Outcomes | undefined, key: SideKey): Seen[] {
  if (!outcomes) return []
  const { sides, notLoaded } = outcomes
  const message = notLoaded.get(key.file) ?? notLoaded.get('') ?? ''
  return [sides.get(textOfKey(key)) ?? { key, outcome: { kind: 'broken', why: 'does-not-load', message } }]
}

function describeReleases(before: VersionsResults, { releases }: Installed): Release[] {
  const history = releases.map(historyOf).findLast((each) => each !== undefined)
  const told = readHistory(history ?? '')
  const all = new Map(before.releases.map((each) => [each.version, each]))
  for (const version of releases) {
    const here = told.get(version)
    all.set(version, here ? { version, ...here } : (all.get(version) ?? { version, date: null, notes: null }))
  }
  return [...all.values()].sort((one, other) => compareVersions(one.version, other.version))
}

function readResults(file: string): VersionsResults {
  if (!existsSync(file)) return { releases: [], stacks: [], sentences: [], flips: [] }
  return v.parse(versionsResults, JSON.parse(readFileSync(file, 'utf8')))
}

await main().catch(reportTrouble)
