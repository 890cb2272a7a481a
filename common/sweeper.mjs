// Removes a folder once whoever started this has ended, be it by kill -9: then standard input closes.
// Plain JavaScript: it needs nothing else, and starts sooner.
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

const pause = 200 // ms
const [folder = ''] = process.argv.slice(2)
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) process.on(name, () => {})
await once(process.stdin.resume(), 'close')
// the server or browser that used it ends now too, and may still write: it has to stay away for a second
for (let [round, quiet] = [0, 0]; round < 75 && quiet < 5; round++) {
  quiet = existsSync(folder) ? 0 : quiet + 1
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {} // something in it was just being written: next time
  await setTimeout(pause)
}
