// first of all: express-session's debug lines have to be switched on before anything loads it
import '#inspector/debug-lines'

import { join } from 'node:path'
import { defineConfig } from 'playwright/test'
import { root } from '../../common/places.ts'
import { browserFlags, findBrowser, findHeadlessShell, leanFlags } from '../../lab/chromium/browser.ts'

const executablePath = findHeadlessShell() ?? findBrowser()

export default defineConfig({
  testDir: '.',
  outputDir: join(root, 'test-results/rehearsal'),
  fullyParallel: true,
  workers: 4,
  timeout: 240_000,
  globalTimeout: 600_000, // a room that takes longer is stuck, and the run fails
  reporter: [['line'], ['./reporter.ts']],
  use: {
    launchOptions: { args: [...browserFlags, ...leanFlags], ...(executablePath && { executablePath }) },
    locale: 'en-GB',
    actionTimeout: 20_000,
  },
  projects: [
    { name: 'learners', testMatch: 'learners.ts' },
    { name: 'room', testMatch: 'room.ts', dependencies: ['learners'] },
  ],
})
