// first of all: express-session's debug lines have to be switched on before anything loads it
import '#inspector/debug-lines'

import './e2e/support/stack-traces.ts'
import { defineConfig } from 'playwright/test'
import { leavePid } from './e2e/support/cost.ts'
import { tellSteps } from './e2e/support/told-steps.ts'
import { use } from './e2e/support/use.ts'

leavePid()
tellSteps()

/*
 * Three kinds of tests share the machine's cores differently: those that wait for a real expiry cost time but next to no
 * CPU, those with a page cost a third of a second of CPU and more, those on the wire cost nearly nothing. More workers would be
 * quicker, and then claims about time have one of their processes wait too long for a core.
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  workers: 6,
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
    { name: 'waits', grep: /@waits/, workers: 3 },
    { name: 'rest', grepInvert: /@waits/, workers: 4 },
  ],
})
