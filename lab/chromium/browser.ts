import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { candidates, firstExecutable } from '../../common/executables.ts'

/** Where Chrome, Edge and Chromium are installed when they are not on the PATH. */
function usualPlaces(): string[] {
  const { LOCALAPPDATA, PROGRAMFILES, 'PROGRAMFILES(X86)': programFilesX86 } = process.env
  const windows = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']
  return [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...[PROGRAMFILES, programFilesX86, LOCALAPPDATA].flatMap((folder) =>
      folder ? windows.map((path) => join(folder, path)) : [],
    ),
  ]
}

const commands = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge']

/** Playwright installs a headless shell beside its Chromium, in a folder of the same revision. */
function ownShells(): string[] {
  const folder = chromium.executablePath().replace(/chromium-(\d+)[\\/].*$/s, 'chromium_headless_shell-$1')
  if (!existsSync(folder)) return []
  const name = process.platform === 'win32' ? 'chrome-headless-shell.exe' : 'chrome-headless-shell'
  return readdirSync(folder).map((inside) => join(folder, inside, name))
}

/**
 * The browser to test with: `LAB_BROWSER`, else Playwright's own Chromium, else an installed Chrome, Edge or
 * Chromium.
 * @returns its executable; undefined when there is none
 */
export function findBrowser(): string | undefined {
  const named = process.env['LAB_BROWSER']
  if (named) return named
  const own = chromium.executablePath()
  if (existsSync(own)) return own
  return firstExecutable([...candidates(commands), ...usualPlaces()])
}

/**
 * Chromium as a headless shell: the same engine, network and cookie jar in a third of the CPU, because no browser window
 * is built around the page. It has nothing of a window or a profile: no icon of a page, no setting for third-party
 * cookies, no restored session. Playwright's own, else an installed one.
 * @returns its executable; undefined when there is none, and where `LAB_BROWSER` names a browser
 */
export function findHeadlessShell(): string | undefined {
  if (process.env['LAB_BROWSER']) return undefined
  return firstExecutable([
    ...ownShells(),
    ...candidates(['chromium-headless-shell', 'chrome-headless-shell']),
  ])
}

/** Flags without which Chromium does not start as root, or keeps calling home where there is no network. */
export const browserFlags: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP *.test 127.0.0.1',
]

/**
 * Features that tests do without. RenderDocument makes a new frame for every document, a third of the CPU of opening
 * one; the WebUIOmnibox pages load in every window, for the suggestions below its address bar. Of two such lists
 * Chromium takes the last, so this one repeats what Playwright turns off: it calls home, leads to HTTPS or delays painting.
 */
export const leanFlags: readonly string[] = [
  `--disable-features=${[
    'RenderDocument',
    'WebUIOmniboxPopup',
    'WebUIOmniboxAimPopup',
    'AimEnabled',
    'AvoidUnnecessaryBeforeUnloadCheckSync',
    'DestroyProfileOnBrowserClose',
    'HttpsFirstBalancedModeAutoEnable',
    'HttpsUpgrades',
    'LensOverlay',
    'MediaRouter',
    'NetworkTimeServiceQuerying',
    'OptimizationHints',
    'PaintHolding',
    'PreconnectToSearch',
    'ThirdPartyStoragePartitioning',
  ].join()}`,
]
