import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Store } from 'express-session'
import type { CreateApp, Surroundings } from '../../apps/create-app.ts'
import { compile } from '../../common/compile.mjs'
import { root } from '../../common/places.ts'
import { Trouble, type Words } from '../../common/words.ts'
import type { OwnRows } from '../../stores/own.ts'
import { exerciseVariant } from './exercise-variant.ts'
import { findLesson } from './lesson-head.ts'

/** What a file in `apps/<slug>/` exports. A scenario about two apps on one host exports the second one too. */
export interface AppModule {
  createApp: CreateApp
  createSecondApp?: CreateApp
  /** Read from the documented app only, and so is `createStore`: they are the scenario's, not a variant's. */
  surroundings?: Surroundings
  /** The store that the scenario is about; runs in place of the one that `SESSION_STORE` names. */
  createStore?: (rows: OwnRows) => Store
  /** The lab then runs the first app in so many processes of their own, which take turns behind one address. */
  processes?: number
  /** Each visitor then always gets the same process, as long as it is there. */
  isSticky?: boolean
  /** How these processes get from their secrets to a new one: the secrets of each of the rolling restarts. */
  rotation?: (secrets: string[], fresh: string) => string[][]
  /** A script that a visitor sends runs in its pages: it is kept on another origin than the lab page. */
  runsVisitorScripts?: boolean
}

/** One file of a scenario: `app` is the documented app, every other one a counter-example. */
export interface Variant {
  name: string
  /** Path from the project's folder. */
  file: string
  /** What is different in it: the two comment lines at the head of the file. Empty for the documented app. */
  note: Words
}

export interface Scenario {
  slug: string
  title: Words
  summary: Words
  /** The documented app first. */
  variants: readonly [Variant, ...Variant[]]
}

/** The names of all scenarios, the folders of `apps/` that hold an `app.ts`, in the order of their scripts. */
export function slugs(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }
  const order = Object.keys(scripts)
  const place = (slug: string) => order.indexOf(`demo:${slug}`) + 1 || Number.POSITIVE_INFINITY
  return readdirSync(join(root, 'apps'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, 'apps', entry.name, 'app.ts')))
    .map((entry) => entry.name)
    .sort((one, other) => place(one) - place(other) || one.localeCompare(other))
}

/**
 * Reads what there is about one scenario from its files.
 * @throws Trouble when there is no such scenario; the message lists the known ones
 */
export function readScenario(slug: string): Scenario {
  const known = slugs()
  if (!known.includes(slug)) {
    throw new Trouble({
      ja: `シナリオ「${slug}」はありません。あるのは: ${known.join(', ')}`,
      en: `There is no scenario "${slug}". There are: ${known.join(', ')}`,
    })
  }
  const others = readdirSync(join(root, 'apps', slug)).filter(
    (name) => name.endsWith('.ts') && name !== 'app.ts',
  )
  const lesson = { ja: findLesson(slug, 'ja'), en: findLesson(slug, 'en') }
  return {
    slug,
    title: { ja: lesson.ja.title, en: lesson.en.title },
    summary: { ja: lesson.ja.summary, en: lesson.en.summary },
    variants: [variant(slug, 'app'), ...others.sort().map((name) => variant(slug, name.slice(0, -3)))],
  }
}

function variant(slug: string, name: string): Variant {
  const file = `apps/${slug}/${name}.ts`
  const [ja = '', en = ''] = readFileSync(join(root, file), 'utf8')
    .split('\n', 2)
    .map((line) => (line.startsWith('// ') ? line.slice(3) : ''))
  return { name, file, note: { ja, en } }
}

/**
 * The variant of a scenario by its name; `exercise:<variant>` is the file in which a learner mends it.
 * @throws Trouble when there is none; the message lists the known ones
 */
export function findVariant(scenario: Scenario, name: string): Variant {
  const found =
    scenario.variants.find((variant) => variant.name === name) ?? exerciseVariant(scenario.slug, name)
  if (found) return found
  const known = scenario.variants.map((variant) => variant.name).join(', ')
  throw new Trouble({
    ja: `${scenario.slug}に版「${name}」はありません。あるのは: ${known}`,
    en: `${scenario.slug} has no variant "${name}". There are: ${known}`,
  })
}

/** Loads the code of one variant. */
export const loadApp = (variant: Variant): Promise<AppModule> =>
  compile(variant.file).then((url) => import(url) as Promise<AppModule>)
