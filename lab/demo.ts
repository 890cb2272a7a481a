import { parseArgs } from 'node:util'
import type { BrowserWindow } from './browser-window.ts'
import { openLab } from './lab.ts'
import { listenNear } from './listen.ts'
import { root, varFolder } from './places.ts'
import { findVariant, readScenario, slugs } from './scenarios.ts'
import { readSecrets } from './secret.ts'
import { withOwnServer } from './servers/own.ts'
import { reportTrouble, Trouble } from './words.ts'

const usage = `npm run demo:<slug> [-- options]

  --variant <name>   この版から始める / begin with a counter-example
  --store <url>      sqlite:(既定) memory: redis: postgres: redis://… postgres://… (SESSION_STOREと同じ)
                     / where the sessions lie, as SESSION_STORE; redis: and postgres: start a server of their own
  --port <n>         ポート(既定は3000) / port (default 3000)
  --listen <address> 指定したアドレスで待ち受ける。ラボのページは出ません
                     / listen on another address; the lab pages are turned off
  --inspect          Chromiumの窓を開き、Cookieの置き場所をじかに見る
                     / open a Chromium window and look right into its cookie jar
  --no-inspector     観察を付けずに動かす / run without the inspector

  <slug>: ${slugs().join(', ')}
`

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        variant: { type: 'string', default: 'app' },
        store: { type: 'string', default: process.env['SESSION_STORE'] || 'sqlite:' },
        port: { type: 'string', default: '3000' },
        listen: { type: 'string' },
        inspect: { type: 'boolean', default: false },
        'no-inspector': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    })
    const [slug, ...surplus] = positionals
    if (surplus.length > 0) throw new Error(`unexpected: ${surplus.join(' ')}`)
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port}`)
    return { ...values, slug, port, hasInspector: !values['no-inspector'] && values.listen === undefined }
  } catch (error) {
    throw new Trouble({
      ja: `引数を読めません(${(error as Error).message})。\n\n${usage}`,
      en: `Cannot read the arguments (${(error as Error).message}).`,
    })
  }
}

async function main() {
  const { slug, variant, store, port, listen, hasInspector, inspect, help } = readArguments()
  if (help || slug === undefined) {
    console.log(usage)
    return
  }
  findVariant(readScenario(slug), variant)
  process.chdir(root) // Express looks for views/, and the apps for public/, in the current folder
  const folder = varFolder()
  const hosts = listen === undefined ? undefined : [listen]
  // before express-session is loaded, or its debug lines are not seen
  const inspector = hasInspector ? await import('./inspector/index.ts') : undefined
  let window: BrowserWindow | undefined // opened once there is something to show in it
  const lab = await openLab({
    slug,
    variant,
    jarSources: [{ look: (client, cookieName) => window?.source.look(client, cookieName) }],
    ...(inspector && { recorder: inspector.createRecorder() }),
    folder,
    secret: readSecrets(folder),
    storeUrl: await withOwnServer(store),
    hasLabPages: listen === undefined,
  })
  for (const site of lab.sites) {
    const listening = await listenNear(
      site.handler,
      lab.sites[0]?.url ? Number(new URL(lab.sites[0].url).port) + 1 : port,
      hosts,
    )
    site.url = `http://${listen ?? 'localhost'}:${listening.port}/`
    console.log(`Example app listening on port ${listening.port}!`)
  }
  if (lab.isBehindTlsProxy) {
    const { startTlsProxy } = await import('./tls-proxy.ts')
    let next = port && port + 443
    for (const site of lab.sites) {
      const target = `http://${listen ?? '127.0.0.1'}:${new URL(site.url).port}`
      const proxy = await startTlsProxy({ target, port: next, hosts })
      next = port && proxy.port + 1
      site.secureUrl = `https://${listen ?? 'localhost'}:${proxy.port}/`
    }
  }
  const [first, second] = lab.sites
  console.log(`\n  demo      ${first?.url}`)
  if (second) console.log(`            ${second.url}`)
  for (const { secureUrl } of lab.sites) if (secureUrl) console.log(`  via TLS   ${secureUrl}`)
  if (listen === undefined) console.log(`  lab page  ${first?.url}__lab/`)
  else console.log('  lab page  (--listenのときは出ません / off with --listen)')
  if (inspect && hasInspector) {
    const { openBrowserWindow } = await import('./browser-window.ts')
    window = await openBrowserWindow({ isHeadless: process.env['LAB_HEADLESS'] === '1' })
    await window.open(`${first?.url}__lab/`)
    process.once('SIGINT', () => void window?.close().finally(() => process.exit(0)))
    console.log('  window    Chromium(実測 / measured by the browser itself)')
  }
  console.log('\n  Ctrl+C で終わります / stops it')
}

await main().catch(reportTrouble)
