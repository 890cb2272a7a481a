import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright'

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

function onPath(commands: readonly string[]): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return commands.flatMap((command) => folders.map((folder) => join(folder, command)))
}

/** Playwright installs a headless shell beside its Chromium, in a folder of the same revision. */
function ownShells(): string[] {
  const folder = chromium.executablePath().replace(/chromium-(\d+)[\\/].*$/s, 'chromium_headless_shell-$1')
  if (!existsSync(folder)) return []
  const name = process.platform === 'win32' ? 'chrome-headless-shell.exe' : 'chrome-headless-shell'
  return readdirSync(folder).map((inside) => join(folder, inside, name))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
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
  return [...onPath(commands), ...usualPlaces()].find(isExecutable)
}

/**
 * Chromium as a headless shell: the same engine, network and cookie jar in a third of the CPU, because no browser window
 * is built around the page. What belongs to the window and its profile is not in it: the icon of a page, the setting for
 * third-party cookies, the session that is restored. Playwright's own, else an installed one; `LAB_BROWSER` is preferred
 * to both.
 * @returns its executable; undefined when there is none
 */
export function findHeadlessShell(): string | undefined {
  if (process.env['LAB_BROWSER']) return undefined
  return [...ownShells(), ...onPath(['chromium-headless-shell', 'chrome-headless-shell'])].find(isExecutable)
}

/** Flags without which Chromium does not start as root, or keeps calling home from a closed network. */
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
 * What tests spare themselves: a new frame for every document of a page, which takes a third of the CPU of opening one;
 * and, in a whole browser, the pages of its own that it loads for the suggestions below every window's address bar. Chromium
 * takes the last of two lists of features, so what Playwright has off, because it calls home, leads to HTTPS or delays
 * painting, stands here again.
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
