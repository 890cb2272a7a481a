import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Installs what the lock file of a folder names, unless that is there already.
 * @returns how many seconds it took; null when there was nothing to do
 * @throws Error with the last words of npm
 */
export function install(folder: string): number | null {
  if (isInstalled(folder)) return null
  const begin = performance.now()
  const { status, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 600_000,
  })
  if (status !== 0) {
    const errors = (stderr ?? '').split('\n').filter((line) => line.startsWith('npm error'))
    throw new Error(`npm ci failed: ${errors.slice(0, 5).join(' ').replaceAll('npm error ', '')}`)
  }
  return Math.round((performance.now() - begin) / 1000)
}

function isInstalled(folder: string): boolean {
  const done = join(folder, 'node_modules/.package-lock.json')
  return existsSync(done) && statSync(done).mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs
}

interface Installed {
  version: string
  licence: string | null
}

/** What the package itself says of its version and licence. */
export function installed(folder: string, name: string): Installed {
  const file = join(folder, 'node_modules', name, 'package.json')
  const { version, license, licenses } = JSON.parse(readFileSync(file, 'utf8')) as {
    version: string
    license?: string | { type?: string }
    licenses?: readonly { type?: string }[] // as npm had it until 2013
  }
  const licence = typeof license === 'string' ? license : (license?.type ?? licenses?.[0]?.type)
  return { version, licence: licence ?? null }
}
