// first of all: express-session's debug lines have to be switched on before anything loads it
import '#inspector/debug-lines'

import './e2e/support/compile-less.ts'
import './e2e/support/stack-traces.ts'
import { defineConfig } from 'playwright/test'
import { leavePid } from './e2e/support/cost.ts'
import { tellSteps } from './e2e/support/told-steps.ts'
import { use } from './e2e/support/use.ts'

leavePid()
tellSteps()

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
  workers: 7,
  timeout: 45_000,
  expect: { timeout: 8_000 },
  reporter: [
    ['line'],
    ['html', { outputFolder: 'living-docs/report', open: 'never' }],
    ...(process.env['LAB_COST'] ? [['./e2e/support/cost.ts'] as const] : []),
    ['./e2e/support/reporter.ts'],
  ],
  use,
  projects: [
    { name: 'waits', grep: /@waits/, fullyParallel: true, workers: 3 },
    { name: 'rest', grepInvert: /@waits/, fullyParallel: false, workers: 5 },
  ],
})
