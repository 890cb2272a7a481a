import { statements } from '../../statements/index.ts'
import type { Words } from '../words.ts'

/** A section of the documentation as the site shows it. */
export interface Section {
  /** As statements name it. */
  name: string
  /** The name of its page. */
  slug: string
  title: Words
  group: GroupName
  /** Where it stands in the README or the article; null for what is not one place. */
  source: string | null
}

const groupNames = ['options', 'req.session', 'store', 'examples', 'blog', 'newer'] as const
export type GroupName = (typeof groupNames)[number]

export const groups: Readonly<Record<GroupName, Words>> = {
  options: { ja: 'session(options)', en: 'session(options)' },
  'req.session': { ja: 'req.session', en: 'req.session' },
  store: { ja: 'ストア', en: 'Stores' },
  examples: { ja: '例とデバッグ', en: 'Examples and debugging' },
  blog: { ja: 'ブログ', en: 'Blog' },
  newer: { ja: '新しい版で加わった文', en: 'Added by newer versions' },
}

const readme = 'https://github.com/expressjs/session#'

/** What is not a name of the API gets a title in both languages; every other section is called by its name. */
const titles: Readonly<Record<string, Words>> = {
  'Session methods': { ja: 'Sessionのメソッド', en: 'Session methods' },
  'Store implementation': { ja: 'ストアの実装', en: 'Session store implementation' },
  'Compatible stores': { ja: '互換ストア', en: 'Compatible session stores' },
  'Example: view counter': { ja: '例: 表示回数', en: 'Example: view counter' },
  'Example: user login': { ja: '例: ログイン', en: 'Example: user login' },
  Debugging: { ja: 'デバッグ', en: 'Debugging' },
  'Blog: counter app': { ja: 'ブログ: tapカウンター', en: 'Blog: counter app' },
  'Blog: choosing a session module': {
    ja: 'ブログ: セッションのモジュールを選ぶ',
    en: 'Blog: choosing a session module',
  },
  'Blog: security advice': { ja: 'ブログ: 安全のための助言', en: 'Blog: security advice' },
  'README 1.19.0 additions': { ja: 'README 1.19.0で加わった文', en: 'README 1.19.0 additions' },
}

const anchors: Readonly<Record<string, string>> = {
  'session(options)': 'sessionoptions',
  'req.session': 'reqsession',
  'Session methods': 'sessionregeneratecallback',
  'req.session.id / req.sessionID': 'reqsessionid',
  'req.session.cookie': 'reqsessioncookie',
  'Cookie.maxAge / originalMaxAge': 'cookiemaxage-1',
  'Store implementation': 'session-store-implementation',
  'Compatible stores': 'compatible-session-stores',
  'Example: view counter': 'view-counter',
  'Example: user login': 'user-login',
  Debugging: 'debugging',
}

function groupOf(name: string): GroupName {
  if (name.startsWith('Blog')) return 'blog'
  if (name.startsWith('README')) return 'newer'
  if (name.startsWith('Example') || name === 'Debugging') return 'examples'
  if (name.includes('tore')) return name.startsWith('options') ? 'options' : 'store'
  return name.startsWith('options') || name === 'session(options)' ? 'options' : 'req.session'
}

const slugOf = (name: string) =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')

function sourceOf(name: string): string | null {
  const anchor = anchors[name] ?? (name.startsWith('options.') ? slugOf(name.slice(8)).replace('-', '') : '')
  return anchor ? readme + anchor : null
}

const titleOf = (name: string): Words => {
  const shown = name.replace(/^options\./, '')
  return titles[name] ?? { ja: shown, en: shown }
}

/** The sections that the catalogue names, in its order. */
export const sections: readonly Section[] = [...new Set(statements.map(({ section }) => section))].map(
  (name) => ({
    name,
    slug: slugOf(name),
    title: titleOf(name),
    group: groupOf(name),
    source: sourceOf(name),
  }),
)

/** The sections group by group; a group without any is left out. */
export const groupedSections = (): { group: GroupName; sections: Section[] }[] =>
  groupNames
    .map((group) => ({ group, sections: sections.filter((section) => section.group === group) }))
    .filter((entry) => entry.sections.length > 0)

/** The section of a statement. */
export function sectionOf(name: string): Section {
  const found = sections.find((section) => section.name === name)
  if (!found) throw new Error(`no section ${name}`)
  return found
}
