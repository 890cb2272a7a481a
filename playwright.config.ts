// first of all: express-session's debug lines have to be switched on before anything loads it
import './lab/inspector/debug-lines.ts'

import { defineConfig } from 'playwright/test'
import { browserFlags, findBrowser } from './lab/browser.ts'

const executablePath = findBrowser()

/*
 * Three kinds of tests share the machine's cores differently: those that wait for a real expiry cost time but no
 * CPU, those with a page cost about a second of CPU, those on the wire cost nearly nothing.
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  workers: 4,
  timeout: 45_000,
  expect: { timeout: 8_000 },
  reporter: [
    ['line'],
    ['html', { outputFolder: 'living-docs/report', open: 'never' }],
    ['./e2e/reporter.ts'],
  ],
  use: {
    launchOptions: { args: [...browserFlags], ...(executablePath && { executablePath }) },
    locale: 'ja-JP',
    actionTimeout: 10_000,
  },
  projects: [
    { name: 'waits', grep: /@waits/, workers: 2 },
    { name: 'rest', grepInvert: /@waits/, workers: 2 },
  ],
})
