import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { root } from '../../common/places.ts'

const packageFolder = join(root, 'packages/inspector')
const cache = join(root, 'node_modules/.cache/express-session-lab')
const modules = join(root, 'node_modules')

/**
 * A folder in which the inspector is installed as its users install it: from what `npm pack` makes of it, beside an
 * Express and an express-session of the folder's own. It is made once for each state of the package's sources.
 */
export function installedFolder(): string {
  const folder = join(cache, `installed-${stateOfSources()}`)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  if (isUnderWay(folder)) return folder
  const fresh = mkdtempSync(join(cache, 'installing-'))
  install(fresh)
  try {
    renameSync(fresh, folder)
  } catch {
    rmSync(fresh, { recursive: true }) // another worker was quicker
  }
  return folder
}

/** Whether another worker makes it; then it is waited for. */
function isUnderWay(folder: string): boolean {
  try {
    mkdirSync(`${folder}.lock`)
    return false
  } catch {
    const deadline = Date.now() + 60_000
    while (!existsSync(folder) && Date.now() < deadline) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
    }
    return existsSync(folder) // else whoever made it has been ended
  }
}

function stateOfSources(): string {
  const files = readdirSync(packageFolder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('dist'))
    .map((entry) => join(entry.parentPath, entry.name))
  const states = files.map((file) => `${file} ${statSync(file).size} ${statSync(file).mtimeMs}`)
  return createHash('sha1').update(states.sort().join('\n')).digest('hex').slice(0, 16)
}

function install(folder: string) {
  const staged = join(folder, 'staged')
  mkdirSync(staged)
  for (const file of ['package.json', 'report.schema.json', 'README.md', 'README.ja.md', 'LICENSE']) {
    cpSync(join(packageFolder, file), join(staged, file))
  }
  execFileSync(process.execPath, [join(packageFolder, 'build.mjs'), join(staged, 'dist')], { stdio: 'pipe' })
  const packed = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
    cwd: staged,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  execFileSync('tar', ['-xzf', packed.trim()], { cwd: folder })
  const own = join(folder, 'node_modules')
  mkdirSync(own)
  renameSync(join(folder, 'package'), join(own, 'express-session-inspector'))
  rmSync(staged, { recursive: true })
  const { dependencies } = readJson(join(own, 'express-session-inspector/package.json'))
  for (const name of ['express', 'express4', 'express-session', ...Object.keys(dependencies ?? {})])
    copy(name, own)
  for (const name of ['tsx', 'typescript', '@types'])
    symlinkSync(join(modules, name), join(own, name), 'junction')
}

/** Copies a package with all that it needs. */
function copy(name: string, to: string) {
  if (existsSync(join(to, name))) return
  const from = join(modules, name)
  cpSync(from, join(to, name), { recursive: true })
  for (const needed of Object.keys(readJson(join(from, 'package.json')).dependencies ?? {})) {
    if (!existsSync(join(from, 'node_modules', needed))) copy(needed, to)
  }
}

const readJson = (file: string) =>
  JSON.parse(readFileSync(file, 'utf8')) as { dependencies?: Record<string, string> }
