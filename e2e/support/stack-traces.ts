import { createRequire } from 'node:module'
import { dirname } from 'node:path'

/*
 * Playwright takes a stack trace for every step of a test, and each fixture is one. Of these traces it drops its own frames, but
 * not before each has been looked up in a source map: that took a quarter of a worker's CPU. Here they are dropped at
 * once, but for the two on either side of a border: they tell which method of Playwright was called.
 */

type Prepare = NonNullable<typeof Error.prepareStackTrace>

const { resolve } = createRequire(import.meta.url)
const folders = ['playwright', 'playwright-core'].map((name) => dirname(resolve(`${name}/package.json`)))

/** Whose frame it is: 'node:', a folder of Playwright's, or undefined for all others. */
function ownerOf(frame: NodeJS.CallSite): string | undefined {
  const file = frame.getFileName() ?? ''
  return file.startsWith('node:') ? 'node:' : folders.find((folder) => file.startsWith(folder))
}

function worthKeeping(frames: NodeJS.CallSite[]): NodeJS.CallSite[] {
  const owners = frames.map(ownerOf)
  return frames.filter((_, n) => {
    const owner = owners[n]
    if (owner === 'node:') return false
    return owner === undefined || owner !== owners[n + 1] || owner !== owners[n - 1]
  })
}

const mapped: Prepare | undefined = Error.prepareStackTrace

/** The line of a trace for each frame that has been looked up in a source map: most traces lead through the same ones. */
const lines = new Map<string, string>()

function lineOf(frame: NodeJS.CallSite, map: Prepare): string {
  // to write a frame out costs more than all the rest; of one without a file there is nothing else to know it by
  const file = frame.getFileName()
  const position = file ? `${file}:${frame.getPosition()}` : String(frame)
  const line = lines.get(position) ?? String(map(new Error(), [frame])).replace(/^Error: /, '')
  lines.set(position, line)
  return line
}

if (mapped)
  Error.prepareStackTrace = (error, frames) => {
    const trace = worthKeeping(frames).map((frame) => lineOf(frame, mapped))
    return `${mapped(error, [])}${trace.join('')}`
  }
