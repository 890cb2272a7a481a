import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { findBrowser } from '../lab/browser.ts'
import { root } from '../lab/places.ts'
import { reportTrouble, Trouble } from '../lab/words.ts'

const playwright = join(dirname(createRequire(import.meta.url).resolve('playwright')), 'cli.js')

const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): boolean =>
  spawnSync(command, args, { stdio: 'inherit', env, cwd: root }).status === 0

/** Playwright's own download, else the system's package when we may install one. */
function installBrowser(): string | undefined {
  console.log('ブラウザーが見つからないので、Playwright のChromiumを取得します。')
  console.log("No browser found; fetching Playwright's Chromium.")
  if (run(process.execPath, [playwright, 'install', 'chromium'])) return findBrowser()
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('取得できなかったので、システムのパッケージchromiumを入れます。')
    console.log('That did not work; installing the system package chromium.')
    run('apt-get', ['update', '-qq'])
    // one by one: the headless shell spares CPU, and the tests go without it where it is not packaged
    for (const name of ['chromium', 'chromium-headless-shell'])
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name])
  }
  return findBrowser()
}

/** What leaves all tests in the run. */
const narrowsNothing = /^--(workers|timeout|global-timeout|repeat-each|headed|quiet|trace)(=|$)/

function main() {
  if (!(findBrowser() ?? installBrowser())) {
    throw new Trouble({
      ja: 'テストにはChrome、Edge、Chromiumのどれかが要ります。入れてから、もう一度 npm test を実行してください。別の場所にあるなら、環境変数LAB_BROWSERに実行ファイルを指定してください。',
      en: 'The tests need Chrome, Edge or Chromium. Install one and run npm test again; if it is in an unusual place, name its executable in the environment variable LAB_BROWSER.',
    })
  }
  const args = process.argv.slice(2)
  const passed = run(process.execPath, [playwright, 'test', ...args], {
    ...process.env,
    LAB_WHOLE_RUN: args.every((arg) => narrowsNothing.test(arg)) ? '1' : '',
  })
  if (!passed) process.exitCode = 1
}

try {
  main()
} catch (problem) {
  reportTrouble(problem)
}
