import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import session, { type Store } from 'express-session'
import { Trouble } from '../common/words.ts'

/** A dependency tree of its own: the native `sqlite3` compiles for minutes, so the project does without it. */
const folder = fileURLToPath(new URL('native-sqlite3', import.meta.url))
const binary = join(folder, 'node_modules/sqlite3/build/Release/node_sqlite3.node')

export const isNativeInstalled = (): boolean => existsSync(binary)

/**
 * Installs connect-sqlite3 and the native `sqlite3`, from the lock file.
 * @throws Trouble when npm or the compiler fails
 */
export function installNative(): void {
  // of the npm that runs us only the settings are passed on, not the folder it works in
  const { npm_config_local_prefix: _, npm_execpath: npm, ...env } = process.env
  const options = { cwd: folder, env, stdio: 'inherit' } as const
  const args = ['ci', '--prefix', folder]
  if (npm) spawnSync(process.execPath, [npm, ...args], options)
  else spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  if (!isNativeInstalled()) {
    throw new Trouble({
      ja: `${folder} への sqlite3 のインストールに失敗しました。コンパイルには Python と C++ コンパイラーが要ります。`,
      en: `Installing sqlite3 into ${folder} failed. Compiling it takes Python and a C++ compiler.`,
    })
  }
}

type ConnectSqlite3 = (connect: {
  Store: typeof Store
}) => new (options: {
  db: string
  dir: string
  concurrentDb?: boolean
}) => Store

/** The store as the README of connect-sqlite3 makes it: from the name of a file. */
export function nativeStore(options: { dir: string; concurrentDb?: boolean }): Store {
  const require = createRequire(join(folder, 'package.json'))
  const connectSqlite3: ConnectSqlite3 = require('connect-sqlite3')
  const SQLiteStore = connectSqlite3({ Store: session.Store })
  return new SQLiteStore({ db: 'sessions.db', ...options })
}
