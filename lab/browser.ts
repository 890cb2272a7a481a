import { accessSync, constants, existsSync } from 'node:fs'
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

function onPath(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return commands.flatMap((command) => folders.map((folder) => join(folder, command)))
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
  return [...onPath(), ...usualPlaces()].find(isExecutable)
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
