import { spawn } from 'node:child_process'

const programs: Readonly<Record<string, readonly string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
}

/** Opens an address in the user's browser; where there is none, nothing happens: the address has been printed. */
export function openBrowser(url: string): void {
  const [program = 'xdg-open', ...args] = programs[process.platform] ?? []
  const child = spawn(program, [...args, url], { detached: true, stdio: 'ignore' })
  child.on('error', () => {})
  child.unref()
}
