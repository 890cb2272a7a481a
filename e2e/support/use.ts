import { browserFlags, findBrowser, findHeadlessShell, leanFlags } from '../../lab/chromium/browser.ts'

const browser = findBrowser()
// the workers read this file as well, but do not have these arguments
if (browser && process.argv.some((arg) => ['--headed', '--ui', '--debug'].includes(arg)))
  process.env['LAB_BROWSER'] = browser
// a page costs a third of the CPU in a headless shell; for what it lacks, tests take the fixture wholeBrowser
const executablePath = findHeadlessShell() ?? browser

/** What tests get from Playwright unless they say otherwise. */
export const use = {
  launchOptions: { args: [...browserFlags, ...leanFlags], ...(executablePath && { executablePath }) },
  locale: 'ja-JP',
  actionTimeout: 10_000,
}
