// a hub of its own process, started by the first process that has something to tell: `node hub.cjs <address>`
import { openHub } from './open.ts'
import { portOf, reportFileOf } from './settings.ts'

const lingering = 3_000 // ms: whoever watches files starts the app anew at once

const { env } = process
const address = process.argv[2] ?? ''
let timer: NodeJS.Timeout | undefined

for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {}) // it ends with those it watches

async function main() {
  const hub = await openHub({
    address,
    port: portOf(env['SESSION_INSPECTOR_PORT']),
    report: reportFileOf(env['SESSION_INSPECTOR_REPORT']),
    isDiagnosing: env['SESSION_INSPECTOR_DIAGNOSE'] !== 'off',
    onAlone() {
      clearTimeout(timer)
      timer = setTimeout(end, lingering)
    },
    onJoin() {
      clearTimeout(timer)
    },
  })
  timer = setTimeout(end, lingering)

  function end() {
    hub.close()
    process.exit()
  }
}

main().catch(() => process.exit(1)) // another one was quicker
