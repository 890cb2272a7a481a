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

/** The packages that are published, by their folders, with the files beside their code. */
const published = {
  inspector: ['report.schema.json'],
  'store-contract': ['CONTRACT.md', 'CONTRACT.ja.md'],
} as const satisfies Record<string, readonly string[]>
type Published = keyof typeof published

const folderOf = (name: Published) => join(root, 'packages', name)
const cache = join(root, 'node_modules/.cache/express-session-lab')
const modules = join(root, 'node_modules')

/**
 * A folder in which a package is installed as its users install it: from what `npm pack` makes of it, beside an
 * Express and an express-session of the folder's own. It is made once for each state of the package's sources.
 */
export function installedFolder(name: Published = 'inspector'): string {
  const folder = join(cache, `installed-${stateOfSources(name)}`)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  if (isUnderWay(folder)) return folder
  const fresh = mkdtempSync(join(cache, 'installing-'))
  install(name, fresh)
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

function stateOfSources(name: Published): string {
  const files = readdirSync(folderOf(name), { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('dist'))
    .map((entry) => join(entry.parentPath, entry.name))
  const states = files.map((file) => `${file} ${statSync(file).size} ${statSync(file).mtimeMs}`)
  return createHash('sha1').update(states.sort().join('\n')).digest('hex').slice(0, 16)
}

function install(name: Published, folder: string) {
  const staged = join(folder, 'staged')
  mkdirSync(staged)
  for (const file of ['package.json', 'README.md', 'README.ja.md', 'LICENSE', ...published[name]]) {
    cpSync(join(folderOf(name), file), join(staged, file))
  }
  execFileSync(process.execPath, [join(folderOf(name), 'build.mjs'), join(staged, 'dist')], { stdio: 'pipe' })
  const packed = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
    cwd: staged,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  execFileSync('tar', ['-xzf', packed.trim()], { cwd: folder })
  const own = join(folder, 'node_modules')
  mkdirSync(own)
  renameSync(join(folder, 'package'), join(own, `express-session-${name}`))
  rmSync(staged, { recursive: true })
  const { dependencies, bin } = readJson(join(own, `express-session-${name}/package.json`))
  mkdirSync(join(own, '.bin')) // as npm does
  for (const [command, file] of Object.entries(bin ?? {}))
    symlinkSync(join('..', `express-session-${name}`, file), join(own, '.bin', command))
  for (const needed of ['express', 'express4', 'express-session', ...Object.keys(dependencies ?? {})])
    copy(needed, own)
  for (const tool of ['tsx', 'typescript', '@types', 'playwright', 'playwright-core'])
    symlinkSync(join(modules, tool), join(own, tool), 'junction')
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
  JSON.parse(readFileSync(file, 'utf8')) as {
    dependencies?: Record<string, string>
    bin?: Record<string, string>
  }
