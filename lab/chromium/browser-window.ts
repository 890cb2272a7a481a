import { join } from 'node:path'
import { type CDPSession, chromium, type Page } from 'playwright'
import { isOfHost, type JarSight, type JarSource, readClientId } from '#inspector'
import { temporaryFolder } from '../../common/temporary-folder.ts'
import { browserFlags, findBrowser, findHeadlessShell } from './browser.ts'
import { userAgentOf } from './user-agent.ts'
import { notOpened, notStarted } from './window-troubles.ts'

/** A Chromium of our own, of which the true cookie jar can be seen. */
export interface BrowserWindow {
  /** Its jar, and what it says about the cookies that it refused. */
  source: JarSource
  open(url: string): Promise<Page>
  close(): Promise<void>
}

/** What tells this window from the reader's other browsers, from outside: the end of its User-Agent. */
const windowMark = ' ExpressSessionLab'

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
 * protocol: nothing is inferred, and the browser itself says why it refused a cookie. Somebody may close the window at
 * any time; from then on nothing is known of its jar.
 * @param isHeadless without a window, for tests
 * @throws Trouble when no browser is found or it does not start
 */
export async function openBrowserWindow({ isHeadless = false } = {}): Promise<BrowserWindow> {
  const executablePath = (isHeadless ? findHeadlessShell() : undefined) ?? findBrowser()
  const folder = temporaryFolder('lab-profile-')
  const options = {
    args: [...browserFlags],
    ...(executablePath && { executablePath }),
    artifactsDir: join(folder, 'artifacts'),
    chromiumSandbox: process.getuid?.() !== 0, // as root Chromium does not start with one
    // whoever opens the window closes it: left to Playwright, a signal ends the browser and not the process
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  }
  const plain = await userAgentOf(options).catch((cause: Error) => {
    throw notStarted(cause)
  })
  const userAgent = `${plain}${windowMark}`
  const context = await chromium
    .launchPersistentContext(join(folder, 'profile'), {
      ...options,
      headless: isHeadless,
      viewport: null,
      userAgent,
    })
    .catch((cause: Error) => {
      throw notOpened(cause)
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
  let isClosed = false
  context.once('close', () => {
    isClosed = true
    clearInterval(timer)
  })

  return {
    source: {
      look(client, cookieName): JarSight | undefined {
        const { host, userAgent: seenAs } = readClientId(client)
        if (isClosed || seenAs !== userAgent) return undefined
        const own = cookies
          .filter(({ name, domain }) => name === cookieName && isOfHost(scopeOf(domain), host))
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
    close: () => context.close(),
  }
}

/** A leading dot means: and below. */
const scopeOf = (domain: string) => ({ domain: domain.replace(/^\./, ''), hostOnly: !domain.startsWith('.') })
