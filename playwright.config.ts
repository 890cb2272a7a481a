// first of all: express-session's debug lines have to be switched on before anything loads it
import '#inspector/debug-lines'

import './e2e/support/compile-less.ts'
import './e2e/support/stack-traces.ts'
import { defineConfig } from 'playwright/test'
import { leavePid } from './e2e/support/cost.ts'
import { tellSteps } from './e2e/support/told-steps.ts'
import { browserFlags, findBrowser, findHeadlessShell, leanFlags } from './lab/chromium/browser.ts'

leavePid()
tellSteps()

const browser = findBrowser()
// the workers read this file as well, but do not have these arguments
if (browser && process.argv.some((arg) => ['--headed', '--ui', '--debug'].includes(arg)))
  process.env['LAB_BROWSER'] = browser
// a page costs a third of the CPU in a headless shell; for what it lacks, tests take the fixture wholeBrowser
const executablePath = findHeadlessShell() ?? browser

/*
 * Tests share the machine's cores differently: those that wait for a real expiry cost time but next to no CPU, all others
 * cost CPU. The others of one file run in one worker: a worker takes a while to load a file, to start the servers that its
 * tests need, and to warm up the page in which axe looks at documents.
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  workers: 8,
  timeout: 45_000,
  expect: { timeout: 8_000 },
  reporter: [
    ['line'],
    ['html', { outputFolder: 'living-docs/report', open: 'never' }],
    ...(process.env['LAB_COST'] ? [['./e2e/support/cost.ts'] as const] : []),
    ['./e2e/support/reporter.ts'],
  ],
  use: {
    launchOptions: { args: [...browserFlags, ...leanFlags], ...(executablePath && { executablePath }) },
    locale: 'ja-JP',
    actionTimeout: 10_000,
  },
  projects: [
    { name: 'waits', grep: /@waits/, fullyParallel: true, workers: 4 },
    { name: 'rest', grepInvert: /@waits/, fullyParallel: false, workers: 5 },
  ],
})
