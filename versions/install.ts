import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { varFolder } from '../common/places.ts'
import { Trouble } from '../common/words.ts'
import { compareVersions, isBefore } from './order.ts'

/** Releases of express-session, and the Express of the stack, beside each other under their aliases. */
export interface Installed {
  /** The releases, in the order of their numbers. */
  releases: readonly string[]
  /** The folder of a release as an app gets it. */
  folderOf(version: string): string
  /** The folder of the Express of the stack. */
  express: string
}

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const folder = () => join(varFolder(), 'versions')
const aliasOf = (name: string, version: string) => `${name}-${version}`
const placeOf = (alias: string) => join(folder(), 'node_modules', alias)

/**
 * Installs every release of express-session that the registry has, and one Express, where they are not there yet.
 * @param express its version
 * @param only what to do with: these releases; all when left out
 * @throws Trouble when the registry does not answer and nothing is installed, or there is no such release
 */
export async function install(express: string, only?: readonly string[]): Promise<Installed> {
  const [here, there] = [installedReleases(), await published()]
  const releases = (there ?? here).filter((version) => !version.includes('-')).sort(compareVersions)
  if (releases.length === 0) throw offline()
  const unknown = (only ?? []).filter((version) => !releases.includes(version))
  if (unknown.length > 0) throw noSuchRelease(unknown, releases)
  const wanted = only ?? releases
  const isMissing =
    wanted.some((version) => !here.includes(version)) || !existsSync(placeOf(aliasOf('express', express)))
  if (isMissing)
    await npmInstall(
      wanted.filter((version) => !here.includes(version)),
      express,
    )
  return {
    releases: releases.filter((version) => wanted.includes(version)),
    folderOf: (version) => adapted(version),
    express: adaptedExpress(express),
  }
}

function installedReleases(): string[] {
  const modules = join(folder(), 'node_modules')
  if (!existsSync(modules)) return []
  return readdirSync(modules)
    .flatMap((name) => /^express-session-(\d.*)$/.exec(name)?.[1] ?? [])
    .sort(compareVersions)
}

/** What the registry has; undefined when it does not answer. */
async function published(): Promise<string[] | undefined> {
  try {
    const { stdout } = await promisify(execFile)(npm, ['view', 'express-session', 'versions', '--json'], {
      timeout: 60_000,
    })
    return JSON.parse(stdout) as string[]
  } catch {
    return undefined
  }
}

async function npmInstall(releases: readonly string[], express: string) {
  mkdirSync(folder(), { recursive: true })
  const file = join(folder(), 'package.json')
  const { dependencies = {} } = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { dependencies?: Record<string, string> })
    : {}
  for (const version of releases)
    dependencies[aliasOf('express-session', version)] = `npm:express-session@${version}`
  dependencies[aliasOf('express', express)] = `npm:express@${express}`
  writeFileSync(file, `${JSON.stringify({ private: true, dependencies }, null, 1)}\n`)
  try {
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock']
    await promisify(execFile)(npm, ['install', ...flags], { cwd: folder(), timeout: 300_000 })
  } catch (cause) {
    const why = String((cause as { stderr?: string }).stderr ?? cause).slice(0, 500)
    throw new Trouble({
      ja: `express-sessionの各バージョンを入れられませんでした。ネットワークを確かめて、もう一度実行してください。\n${why}`,
      en: 'The releases of express-session could not be installed. Check the network and run it again.',
    })
  }
}

/**
 * The folder of an Express as an app gets it. A path for everything is written in another way before Express 5, and
 * handed on in that; what else has braces would mean something else there: the app does not start, instead of answering
 * 404 in the place of express-session.
 */
function adaptedExpress(version: string): string {
  const original = placeOf(aliasOf('express', version))
  if (!isBefore(version, '5.0.0')) return original
  const code = `const express = require(${JSON.stringify(original)})
const { route } = express.Router
express.Router.route = function (asked) {
  const path = typeof asked === 'string' ? asked.replace(/\\{\\*(\\w+)\\}$/, ':$1(*)') : asked
  if (/[{}]/.test(String(path))) throw new TypeError('Express ${version} does not know the path ' + path)
  return route.call(this, path)
}
module.exports = express
`
  return writePackage(`express-${version}`, { name: 'express', version }, code)
}

/** A package of one file; gives its folder. */
function writePackage(name: string, about: object, code: string): string {
  const place = join(folder(), 'adapted', name)
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'package.json'), JSON.stringify(about))
  writeFileSync(join(place, 'index.js'), `'use strict'\n${code}`)
  return place
}

/** From here on `secret` may be an array. */
const takesArrays = '1.11.0'
/** From here on it reads the cookie by itself; before, its README asks for cookie-parser in front of it. */
const readsCookies = '1.5.0'

/**
 * The folder of a release as an app gets it. The apps of the lab hand over `secret: [one]`, as documented today; a
 * release that takes no array gets that one, and one that leaves the cookie to cookie-parser gets it in front. What it
 * makes of all else is its own affair.
 */
function adapted(version: string): string {
  const original = placeOf(aliasOf('express-session', version))
  if (!isBefore(version, takesArrays)) return original
  const code = adapter(original, isBefore(version, readsCookies))
  return writePackage(version, { name: 'express-session', version }, code)
}

const adapter = (
  original: string,
  needsParser: boolean,
) => `${needsParser ? "// for whoever looks for express-session by its text, which said less then: ('debug')('express-session')" : ''}
const session = require(${JSON.stringify(original)})
const cookieParser = ${needsParser ? `require(${JSON.stringify(parserFolder())})` : 'undefined'}
module.exports = Object.assign(function (options) {
  const { secret } = options || {}
  const known = Array.isArray(secret) && secret.length === 1 ? { ...options, secret: secret[0] } : options
  const middleware = session(known)
  if (!cookieParser) return middleware
  const parse = cookieParser(known && known.secret)
  return (req, res, next) => parse(req, res, (error) => (error ? next(error) : middleware(req, res, next)))
}, session)
`

const parserFolder = () => createRequire(import.meta.url).resolve('cookie-parser')

/** The same for releases that are one by their code and that of the packages they bring. */
export function codeOf(version: string): string {
  const hash = createHash('sha256')
  const original = placeOf(aliasOf('express-session', version))
  for (const file of codeFiles(original)) hash.update(file).update(textOf(join(original, file)))
  hash.update(JSON.stringify(dependenciesOf(original)))
  hash.update(String([takesArrays, readsCookies].filter((first) => isBefore(version, first))))
  return hash.digest('hex').slice(0, 16)
}

/** Its own JavaScript, from its folder. */
export const codeFiles = (original: string): string[] =>
  ['', 'session']
    .flatMap((inside) =>
      existsSync(join(original, inside))
        ? readdirSync(join(original, inside)).map((name) => (inside ? `${inside}/${name}` : name))
        : [],
    )
    .filter((file) => file.endsWith('.js'))
    .sort()

/** All of a release's own JavaScript, in one text. */
export const sourceOf = (version: string): string => {
  const original = placeOf(aliasOf('express-session', version))
  return codeFiles(original)
    .map((file) => textOf(join(original, file)))
    .join('\n')
}

/** All that its code says: warnings, debug lines, names of options. */
export const wordsOf = (version: string): string =>
  [...new Set(sourceOf(version).match(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g))].sort().join()

/** Without comments that fill whole lines. */
const textOf = (file: string) =>
  readFileSync(file, 'utf8')
    .replace(/^\s*(?:\/\*[\s\S]*?\*\/|\/\/.*)$/gm, '')
    .replace(/\n\s*\n/g, '\n')

/** Name and version of each package that it gets, and that these get. */
function dependenciesOf(from: string, seen = new Map<string, string>()): [string, string][] {
  const { dependencies = {} } = packageOf(from)
  for (const name of Object.keys(dependencies)) {
    const place = [join(from, 'node_modules', name), join(from, '..', name), placeOf(name)].find(existsSync)
    if (!place || seen.has(name)) continue
    seen.set(name, packageOf(place).version)
    dependenciesOf(place, seen)
  }
  return [...seen].sort(([one], [other]) => (one < other ? -1 : 1))
}

const packageOf = (place: string) =>
  JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as {
    version: string
    dependencies?: Record<string, string>
  }

/** The text of a release's own notes; undefined where its package has none. */
export function historyOf(version: string): string | undefined {
  const place = placeOf(aliasOf('express-session', version))
  const name = readdirSync(place).find((file) => /^history\.md$/i.test(file))
  return name && readFileSync(join(place, name), 'utf8')
}

/** The newest Express of a major version, or the version itself. */
export function exactVersion(name: string, asked: string): string {
  if (/^\d+\.\d+\.\d+/.test(asked)) return asked
  try {
    const printed = execFileSync(npm, ['view', `${name}@${asked}`, 'version', '--json'], { encoding: 'utf8' })
    const found = JSON.parse(printed) as string | string[]
    return [found].flat().sort(compareVersions).at(-1) ?? asked
  } catch {
    throw offline()
  }
}

const offline = () =>
  new Trouble({
    ja: 'npmのレジストリーが答えず、express-sessionの各バージョンもまだ入っていません。ネットワークにつながる所で一度実行すると、次からはつながらなくても動きます。',
    en: 'The npm registry does not answer, and no releases of express-session are installed. Run this once with a network; after that it works without.',
  })

const noSuchRelease = (unknown: readonly string[], known: readonly string[]) =>
  new Trouble({
    ja: `express-session ${unknown.join('、')} はありません。あるのは: ${known.join(', ')}`,
    en: `There is no express-session ${unknown.join(', ')}. There are: ${known.join(', ')}`,
  })
