import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readArguments } from '../../common/arguments.ts'
import { root } from '../../common/places.ts'
import { reportTrouble, Trouble } from '../../common/words.ts'

const playwright = join(dirname(createRequire(import.meta.url).resolve('playwright')), 'cli.js')

const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): boolean =>
  spawnSync(command, args, { stdio: 'inherit', env, cwd: root }).status === 0

/** Playwright's own download, else the system's package when we may install one. */
function installBrowser(findBrowser: () => string | undefined): string | undefined {
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

const command = {
  run: 'npm test',
  options: {},
  handsOn: true,
  notes: {
    ja: `引数はそのままPlaywrightに渡ります。その一覧: npx playwright test --help
  npm test                                すべて。結果は npm run docs のページになる
  npm test -- e2e/scenarios/counter.spec.ts         1つのファイルだけ
  npm test -- -g "タイトルの一部"         タイトルで選ぶ
  npm test -- --headed                    窓を開いて見る
ブラウザーの実行ファイルは、環境変数LAB_BROWSERで指定できます。
`,
    en: `The arguments are handed on to Playwright. All of them: npx playwright test --help
  npm test                                everything; npm run docs makes pages of the results
  npm test -- e2e/scenarios/counter.spec.ts         one file
  npm test -- -g "part of a title"        by title
  npm test -- --headed                    in a window
The environment variable LAB_BROWSER names the executable of the browser.`,
  },
}

async function main() {
  if (!readArguments(command)) return
  const { findBrowser } = await import('../../lab/chromium/browser.ts')
  if (!(findBrowser() ?? installBrowser(findBrowser))) {
    throw new Trouble({
      ja: 'テストにはChrome、Edge、Chromiumのどれかが要ります。入れてから、もう一度 npm test を実行してください。別の場所にあるなら、環境変数LAB_BROWSERに実行ファイルを指定してください。',
      en: 'The tests need Chrome, Edge or Chromium. Install one and run npm test again; if it is in an unusual place, name its executable in the environment variable LAB_BROWSER.',
    })
  }
  const given = process.argv.slice(2)
  const args = given.filter((arg) => arg !== '--cost')
  // read by each process of Node.js as it starts, which takes it as long as all the rest; the tests call nobody outside
  const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env
  const passed = run(process.execPath, [playwright, 'test', ...args], {
    ...environment,
    LAB_COST: args.length < given.length ? mkdtempSync(join(tmpdir(), 'lab-cost-')) : '',
    LAB_WHOLE_RUN: args.every((arg) => narrowsNothing.test(arg)) ? '1' : '',
  })
  if (!passed) process.exitCode = 1
}

await main().catch(reportTrouble)
