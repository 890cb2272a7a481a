import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CDPSession, chromium, type Page } from 'playwright'
import { browserFlags, findBrowser } from './browser.ts'
import type { JarSight, JarSource } from './inspector/index.ts'
import { Trouble } from './words.ts'

/** A Chromium of our own, of which the true cookie jar can be seen. */
export interface BrowserWindow {
  /** Its jar, and what it says about the cookies that it refused. */
  source: JarSource
  open(url: string): Promise<Page>
  close(): Promise<void>
}

/** What tells this window from the reader's other browsers, from outside: the end of its User-Agent. */
export const windowMark = ' ExpressSessionLab'

interface CdpCookie {
  name: string
  value: string
  domain: string
  path: string
  /** Seconds since the epoch; negative: until the browser closes. */
  expires: number
}

const refreshing = 250 // ms: a cookie that expires leaves the jar without any request

/**
 * Opens a Chromium window with a profile of its own (removed at the end) and follows its jar over the DevTools
 * protocol: nothing is inferred, and the browser itself says why it refused a cookie.
 * @param isHeadless without a window, for tests
 * @throws Trouble when no browser is found or it does not start
 */
export async function openBrowserWindow({ isHeadless = false } = {}): Promise<BrowserWindow> {
  const executablePath = findBrowser()
  const folder = await mkdtemp(join(tmpdir(), 'lab-profile-'))
  const options = { args: [...browserFlags], ...(executablePath && { executablePath }) }
  const userAgent = `${await plainUserAgent(options)}${windowMark}`
  const context = await chromium
    .launchPersistentContext(folder, { ...options, headless: isHeadless, viewport: null, userAgent })
    .catch((cause: Error) => {
      throw new Trouble({
        ja: `ブラウザーの窓を開けません(${firstLine(cause)})。画面のない環境では--inspectは使えません。--inspectなしで起動し、いつものブラウザーで開いてください。`,
        en: `Cannot open a browser window (${firstLine(cause)}). Where there is no screen, --inspect cannot be used: start without it and open your own browser.`,
      })
    })

  let cookies: readonly CdpCookie[] = []
  const refused = new Map<string, readonly string[]>()
  const withheld = new Map<string, { url: string; reasons: readonly string[] }>()
  let anySession: CDPSession | undefined

  async function refresh() {
    const session = anySession
    if (!session) return
    const seen = await session.send('Storage.getCookies').catch(() => undefined)
    if (seen) cookies = seen.cookies
  }

  async function follow(page: Page) {
    const session = await context.newCDPSession(page)
    anySession = session
    page.once('close', () => {
      if (anySession === session) anySession = undefined
    })
    session.on('Network.responseReceivedExtraInfo', ({ blockedCookies }) => {
      for (const { cookieLine, blockedReasons } of blockedCookies) refused.set(cookieLine, blockedReasons)
      refresh()
    })
    let requested = { id: '', url: '' }
    session.on('Network.requestWillBeSent', ({ requestId, request }) => {
      requested = { id: requestId, url: request.url }
    })
    session.on('Network.requestWillBeSentExtraInfo', ({ requestId, associatedCookies }) => {
      const url = requested.id === requestId ? requested.url : ''
      if (url.includes('/__lab/')) return // our own requests say nothing about the demo's
      for (const { cookie, blockedReasons } of associatedCookies) {
        if (blockedReasons.length > 0) withheld.set(cookie.name, { url, reasons: blockedReasons })
        else withheld.delete(cookie.name)
      }
    })
    await session.send('Network.enable')
    await refresh()
  }

  for (const page of context.pages()) await follow(page)
  context.on('page', (page) => void follow(page).catch(() => {}))
  const timer = setInterval(refresh, refreshing)

  return {
    source: {
      look(client, cookieName): JarSight | undefined {
        const [host = '', seenAs] = client.split('\n')
        if (seenAs !== userAgent) return undefined
        const own = cookies
          .filter(({ name, domain }) => name === cookieName && isFor(domain, host))
          .sort((one, other) => other.path.length - one.path.length)
        const [first] = own
        return {
          by: 'browser',
          values: own.map(({ value }) => value),
          ...(first && { expires: first.expires < 0 ? null : first.expires * 1000 }),
          sees: () => true,
          refusals: (line) => refused.get(line) ?? [],
          withheld: withheld.get(cookieName),
        }
      },
    },
    async open(url) {
      const [page] = context.pages()
      const shown = page ?? (await context.newPage())
      await shown.goto(url)
      return shown
    },
    async close() {
      clearInterval(timer)
      await context.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const firstLine = ({ message }: Error) => message.split('\n', 1)[0]

/** A leading dot means: and below. */
const isFor = (domain: string, host: string): boolean =>
  domain.startsWith('.') ? host === domain.slice(1) || host.endsWith(domain) : host === domain

/** What this browser calls itself when it has a window. */
async function plainUserAgent(options: Parameters<typeof chromium.launch>[0]): Promise<string> {
  const browser = await chromium.launch(options).catch((cause: Error) => {
    throw new Trouble({
      ja: `ブラウザーを起動できません(${firstLine(cause)})。Chrome、Edge、Chromiumのどれかを入れるか、環境変数LAB_BROWSERに実行ファイルを指定してください。`,
      en: `Cannot start a browser (${firstLine(cause)}). Install Chrome, Edge or Chromium, or name its executable in the environment variable LAB_BROWSER.`,
    })
  })
  const page = await browser.newPage()
  const userAgent = await page.evaluate(() => navigator.userAgent)
  await browser.close()
  return userAgent.replace('HeadlessChrome', 'Chrome')
}
