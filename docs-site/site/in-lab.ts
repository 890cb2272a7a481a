import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '../../common/words.ts'
import { findings, statements } from '../../statements/index.ts'
import type { Statement, Verdict } from '../../statements/statement.ts'
import { standings } from '../results/results.ts'
import { hasSite, readRunInfo, siteIn } from '../results/run-files.ts'
import { versionsFile } from '../versions/files.ts'
import { versionWords } from '../versions/words.ts'
import { docsWords, standingIcons } from './words.ts'

/** The statements that a reader can see in a scenario, in the order of the documentation. */
export const statementsOf = (slug: string): readonly Statement[] =>
  statements.filter(({ scenario }) => scenario === slug)

/** What this lab has found beside the documentation, and a reader can see in a scenario. */
export const findingsOf = (slug: string) => findings.filter(({ scenario }) => scenario === slug)

/** What a verdict is called on a page, and what introduces its reason. */
export function verdictNames(language: Language) {
  const { standing, because } = docsWords[language]
  return (verdict: Verdict | undefined) => {
    const name = verdict ?? 'not-run'
    return {
      name,
      icon: standingIcons[name],
      word: standing[name],
      because: verdict ? because[verdict] : '',
    }
  }
}

/** What the index of all scenarios says of the living documentation. */
interface DocsSummary {
  /** Where the site is; undefined while it has not been built. */
  url: string | undefined
  /** The way to what holds in which release; undefined where the site has none. */
  versions: { url: string; title: string } | undefined
  /** How many statements there are of each standing in the last whole run; empty when there was none. */
  counts: readonly { name: string; icon: string; word: string; count: string }[]
}

/**
 * @param folder where results and site are
 * @param path where the site is served
 */
export function docsOf(folder: string, path: string, language: Language): DocsSummary {
  const { standing, statements: count } = docsWords[language]
  const counts = readRunInfo(folder)?.counts
  return {
    url: hasSite(folder) ? `${path}/${language}/index.html` : undefined,
    versions: existsSync(join(siteIn(folder), language, versionsFile))
      ? { url: `${path}/${language}/${versionsFile}`, title: versionWords[language].toVersions }
      : undefined,
    counts: standings.flatMap((name) =>
      counts?.[name]
        ? [{ name, icon: standingIcons[name], word: standing[name], count: count(counts[name]) }]
        : [],
    ),
  }
}
