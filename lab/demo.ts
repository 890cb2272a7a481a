import { parseArgs } from 'node:util'
import { openLab } from './lab.ts'
import { listenNear } from './listen.ts'
import { root, varFolder } from './places.ts'
import { findVariant, readScenario, slugs } from './scenarios.ts'
import { readSecrets } from './secret.ts'
import { reportTrouble, Trouble } from './words.ts'

const usage = `npm run demo:<slug> [-- options]

  --variant <name>   ${'変種から始める'.padEnd(14)} / begin with a counter-example
  --port <n>         ${'ポート(既定は3000)'.padEnd(12)} / port (default 3000)
  --listen <address> 指定した番地で待ち受ける。ラボのページは出ません
                     / listen on another address; the lab pages are turned off

  <slug>: ${slugs().join(', ')}
`

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        variant: { type: 'string', default: 'app' },
        port: { type: 'string', default: '3000' },
        listen: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    const [slug, ...surplus] = positionals
    if (surplus.length > 0) throw new Error(`unexpected: ${surplus.join(' ')}`)
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port}`)
    return { ...values, slug, port }
  } catch (error) {
    throw new Trouble({
      ja: `引数を読めません(${(error as Error).message})。\n\n${usage}`,
      en: `Cannot read the arguments (${(error as Error).message}).`,
    })
  }
}

async function main() {
  const { slug, variant, port, listen, help } = readArguments()
  if (help || slug === undefined) {
    console.log(usage)
    return
  }
  findVariant(readScenario(slug), variant)
  process.chdir(root) // Express looks for views/, and the apps for public/, in the current folder
  const folder = varFolder()
  const hosts = listen === undefined ? undefined : [listen]
  const lab = await openLab({
    slug,
    variant,
    folder,
    secret: readSecrets(folder),
    storeUrl: process.env['SESSION_STORE'] || 'sqlite:',
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
  const [first, second] = lab.sites
  console.log(`\n  demo      ${first?.url}`)
  if (second) console.log(`            ${second.url}`)
  if (listen === undefined) console.log(`  lab page  ${first?.url}__lab/`)
  else console.log('  lab page  (--listenのときは出ません / off with --listen)')
  console.log('\n  Ctrl+C で終わります / stops it')
}

await main().catch(reportTrouble)
