// Plain JavaScript, and nothing but Node's own until there is something to compile: every command begins here.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire, isBuiltin } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * @typedef {object} Compiled what is known of a file that has been compiled
 * @property {string} output the JavaScript, an absolute path
 * @property {Record<string, string>} inputs each file that it was made of, by its absolute path, with its {@link stateOf}
 */

const self = fileURLToPath(import.meta.url)
const root = dirname(dirname(self))
// below node_modules, so that what is compiled finds the packages, and nobody takes it for a source
const cache = join(root, 'node_modules/.cache/express-session-lab')
const aDay = 86_400_000 // ms

/**
 * Compiles a TypeScript file with all that it imports from the project, unless that has been done and none of these
 * files has changed since. Packages stay outside.
 * @param {string} file from the project's folder: `lab/cli/demo.ts`
 * @returns {Promise<string>} the URL of the JavaScript to import; another one after a file has changed
 * @throws {Error} what esbuild says of a file that cannot be read or compiled, with its line
 */
export async function compile(file) {
  const stamp = join(cache, `${file.replaceAll('/', '+')}.json`)
  const last = readStamp(stamp)
  const { output } = last && isFresh(last) ? last : await build(file, stamp)
  return pathToFileURL(output).href
}

/** @param {string} stamp @returns {Compiled | undefined} */
function readStamp(stamp) {
  try {
    return JSON.parse(readFileSync(stamp, 'utf8'))
  } catch {
    return undefined
  }
}

/** @param {Compiled} compiled */
const isFresh = ({ inputs, output }) =>
  inputs[self] !== undefined && // else the project has been moved
  Object.entries(inputs).every(([path, state]) => stateOf(path) === state) &&
  stateOf(output) !== undefined

/** @param {string} path */
function stateOf(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  return found && `${found.size} ${found.ctimeMs}`
}

/** @param {string} file @param {string} stamp @returns {Promise<Compiled>} */
async function build(file, stamp) {
  const began = Date.now()
  const folder = freshFolder(stamp)
  const paths = [self, join(root, 'package.json'), ...(await bundle(file, folder))]
  const compiled = {
    output: join(folder, 'main.mjs'),
    inputs: Object.fromEntries(paths.map((path) => [path, String(stateOf(path))])),
  }
  const isStill = paths.every((path) => (statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? began) < began)
  if (isStill) replaceFile(stamp, JSON.stringify(compiled)) // else it may hold what was written before
  return compiled
}

let running = 0

/** Gives the files that it was made of. @param {string} file @param {string} outdir */
async function bundle(file, outdir) {
  const esbuild = await import('esbuild')
  running++
  try {
    const { metafile } = await esbuild.build({
      absWorkingDir: root,
      entryPoints: { main: file },
      bundle: true,
      splitting: true, // what is imported later is loaded later
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      packages: 'external',
      sourcemap: 'linked',
      sourcesContent: false,
      outdir,
      outExtension: { '.js': '.mjs' },
      banner: { js: requires },
      plugins: [keepsUrls, requiresPackages],
      metafile: true,
      logLevel: 'silent',
    })
    const files = Object.keys(metafile.inputs).filter((path) => !path.startsWith('package:'))
    return files.map((path) => resolve(root, path))
  } finally {
    if (--running === 0) await esbuild.stop() // its process would stay as long as this one
  }
}

const ownUrl = /\bimport\.meta\.url\b/g // does not match itself: this file is compiled, too

/** A file goes on to know where it is. @type {import('esbuild').Plugin} */
const keepsUrls = {
  name: 'keeps import.meta.url',
  setup({ onLoad }) {
    onLoad({ filter: /\.m?[jt]s$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const contents = text.replace(ownUrl, JSON.stringify(pathToFileURL(path).href))
      if (contents === text) return undefined
      return { contents, loader: path.endsWith('.ts') ? 'ts' : 'js' }
    })
  },
}

const requires = `import { createRequire as requireFor } from 'node:module';const require = requireFor(import.meta${'.url'});`
const { resolve: find } = createRequire(join(root, 'package.json'))

/**
 * Packages in CommonJS are required: to import them, Node.js would search each of their files for the names that it
 * exports, a fifth of the time that a demo takes to start.
 * @type {import('esbuild').Plugin}
 */
const requiresPackages = {
  name: 'requires packages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./#]/ }, ({ path, kind, namespace }) => {
      if (namespace === 'package') return { path, external: true }
      return kind === 'import-statement' && isCommonJs(path) ? { path, namespace: 'package' } : undefined
    })
    onLoad({ filter: /.*/, namespace: 'package' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
    }))
  },
}

/** @param {string} name as it is imported */
function isCommonJs(name) {
  if (isBuiltin(name)) return false
  try {
    const file = find(name)
    return file.endsWith('.cjs') || (file.endsWith('.js') && nearestPackage(file).type !== 'module')
  } catch {
    return false // it cannot be required
  }
}

/** @param {string} file @returns {{ type?: string }} */
function nearestPackage(file) {
  const path = join(dirname(file), 'package.json')
  return statSync(path, { throwIfNoEntry: false })
    ? JSON.parse(readFileSync(path, 'utf8'))
    : nearestPackage(dirname(file))
}

/** @param {string} path @param {string} text */
function replaceFile(path, text) {
  const fresh = `${path}.${process.pid}`
  writeFileSync(fresh, text)
  renameSync(fresh, path)
}

/**
 * A folder for what is compiled now. Whoever runs what was compiled before may load a part of it later: that stays for
 * a day.
 * @param {string} stamp
 * @throws {Error} in words when the folder cannot be made
 */
function freshFolder(stamp) {
  const prefix = `${stamp.slice(0, -'.json'.length)}-`
  try {
    mkdirSync(cache, { recursive: true })
    for (const path of readdirSync(cache).map((name) => join(cache, name))) {
      const { mtimeMs = Number.POSITIVE_INFINITY } = statSync(path, { throwIfNoEntry: false }) ?? {}
      if (path.startsWith(prefix) && mtimeMs < Date.now() - aDay)
        rmSync(path, { recursive: true, force: true })
    }
    return mkdtempSync(prefix)
  } catch (cause) {
    const why = String(/** @type {Error} */ (cause).message)
    const ja = `${cache} に書き込めません(${why})。TypeScriptをコンパイルした結果を置くフォルダーです。権限を直してください。`
    const en = `Cannot write to ${cache} (${why}), where compiled TypeScript is kept. Please fix its permissions.`
    throw new Error(`${ja}\n${en}`, { cause })
  }
}
