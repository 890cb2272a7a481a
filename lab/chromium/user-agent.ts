import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type LaunchOptions } from 'playwright'
import { root } from '../../common/places.ts'

const folder = join(root, 'node_modules/.cache/express-session-lab')
const file = join(folder, 'user-agents.json')

/** By the executable of each browser that has been asked. */
type Known = Record<string, { state: string; userAgent: string }>

/**
 * What this browser calls itself when it has a window. A browser is started to ask it, once for each state of its
 * executable: that is half of the time in which a window opens.
 * @throws Error of Playwright when it does not start
 */
export async function userAgentOf(options: LaunchOptions): Promise<string> {
  const { executablePath = '' } = options
  const found = statSync(executablePath, { throwIfNoEntry: false })
  const state = `${found?.size} ${found?.mtimeMs}`
  const known = readKnown()
  if (found && known[executablePath]?.state === state) return known[executablePath].userAgent
  const userAgent = await askedOf(await chromium.launch(options))
  if (found) keep({ ...known, [executablePath]: { state, userAgent } })
  return userAgent
}

async function askedOf(browser: Browser): Promise<string> {
  const page = await browser.newPage() // asked by CDP, it tells a longer version than the sites are told
  const userAgent = await page.evaluate(() => navigator.userAgent)
  await browser.close()
  return userAgent.replace('HeadlessChrome', 'Chrome')
}

function readKnown(): Known {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Known
  } catch {
    return {}
  }
}

function keep(known: Known) {
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, JSON.stringify(known))
  } catch {
    // whoever opens the next window asks again
  }
}
