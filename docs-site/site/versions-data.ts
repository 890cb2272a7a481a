import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../common/places.ts'
import { readJson } from '../../common/read-json.ts'
import type { Language } from '../../common/words.ts'
import type { Finding } from '../../statements/findings/finding.ts'
import { sentences as catalogue } from '../../statements/index.ts'
import type { Statement } from '../../statements/statement.ts'
import { type Stack, type VersionsResults, versionsResults } from '../../versions/results.ts'
import type { Comparable, Place } from '../versions/from-to.ts'
import { type Stretch, stretchesOf, turnsOf, turnsOver } from '../versions/stretches.ts'
import { findingsFile } from './sentence-page.ts'

export const versionsCommand = 'npm run versions'

const resultsFile = join(root, 'versions/results.json')
const again = {
  ja: `git checkout で元に戻すか、${versionsCommand} をもう一度実行してください。`,
  en: `Restore it with git checkout, or run ${versionsCommand} once more.`,
}

/**
 * What was measured; undefined where nothing was.
 * @throws Trouble when it is broken
 */
export function readVersions(file = resultsFile): Versions | undefined {
  return existsSync(file) ? versionsOf(readJson(file, versionsResults, again)) : undefined
}

/** A sentence of the catalogue that was tried. */
export interface Tried {
  sentence: Statement | Finding
  /** By stack; one that did not run it is missing. */
  stretches: Readonly<Record<string, readonly Stretch[]>>
}

/** What was measured, as the pages need it. */
export interface Versions {
  results: VersionsResults
  versions: readonly string[]
  /** In the order of the catalogue; sentences that are no longer in it are left out. */
  tried: readonly Tried[]
  turns: ReturnType<typeof turnsOf>
}

export function versionsOf(results: VersionsResults): Versions {
  const versions = results.releases.map(({ version }) => version)
  const known = new Map(results.sentences.map(({ id, spans }) => [id, spans]))
  const tried = catalogue.flatMap((sentence) => {
    const spans = known.get(sentence.id)
    if (!spans) return []
    const stretches = Object.entries(spans).map(([slug, own]) => [slug, stretchesOf(own, versions)] as const)
    return [{ sentence, stretches: Object.fromEntries(stretches) }]
  })
  const ids = new Set<string>(tried.map(({ sentence }) => sentence.id))
  return { results, versions, tried, turns: turnsOf(results).filter(({ id }) => ids.has(id)) }
}

export const stackLabel = ({ express, node }: Pick<Stack, 'express' | 'node'>): string =>
  `Express ${express}, Node.js ${node}`

/** Where a sentence is shown on the site. */
export const hrefOf = ({ id, section, ...rest }: Statement | Finding): string =>
  `${'title' in rest ? findingsFile : `${section}.html`}#${id}`

/** The sentences that were decided in some release: of the others no release says anything. */
export const decidedIn = (slug: string, { tried }: Versions): Tried[] =>
  tried.filter(({ stretches }) => stretches[slug]?.some(({ cell }) => cell !== null && cell !== 'cannot-run'))

/** The releases that were tried on a stack. */
export const measuredIn = (slug: string, { tried, versions }: Versions): string[] =>
  versions.filter((_, at) =>
    tried.some(({ stretches }) =>
      stretches[slug]?.some(({ cell, from, to }) => cell !== null && from <= at && at <= to),
    ),
  )

/** The sentences that turn over on a stack. */
export const turningIn = (slug: string, { tried }: Versions): Tried[] =>
  tried.filter(({ stretches }) => turnsOver(stretches[slug] ?? []))

/** What the page that compares needs: the sentences that come to different things in different releases or stacks. */
export function comparableIn(versions: Versions, language: Language): Comparable {
  const { results, tried, turns } = versions
  return {
    versions: versions.versions,
    stacks: results.stacks.map((stack) => ({ slug: stack.slug, label: stackLabel(stack) })),
    sentences: tried.map(({ sentence, stretches }) => ({
      id: sentence.id,
      text: sentence[language],
      href: hrefOf(sentence),
      verdict: sentence.verdict ?? null,
      stretches: withoutMessages(stretches),
    })),
    turns: turns.map(({ id, version, stacks, note }) => ({ id, version, stacks, note })),
  }
}

const withoutMessages = (all: Tried['stretches']) =>
  Object.fromEntries(
    Object.entries(all).map(([slug, stretches]) => [slug, stretches.map(({ message: _, ...rest }) => rest)]),
  )

/** The first thing to compare: what the article of 2018 ran, with what one installs today; else what is nearest to it. */
export function firstComparison({ results, versions }: Versions): { from: Place; to: Place } | undefined {
  const [stack] = results.stacks
  const newest = versions.at(-1)
  if (!stack || !newest) return undefined
  const old = results.stacks.find(({ express }) => express.startsWith('4.16.'))
  const today = results.stacks.find(({ express }) => express.startsWith('5.')) ?? stack
  const article = versions.includes('1.15.6') ? '1.15.6' : newest
  return {
    from: { version: article, stack: (old ?? stack).slug },
    to: { version: newest, stack: today.slug },
  }
}
