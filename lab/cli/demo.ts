import { createRecorder } from '#inspector/record'
import { flag, portOption, readArguments, storeOption, text } from '../../common/arguments.ts'
import { closeAtEnd, runCommand } from '../../common/ending.ts'
import { root, varFolder } from '../../common/places.ts'
import { withOwnServer } from '../../stores/servers/own.ts'
import type { BrowserWindow } from '../chromium/browser-window.ts'
import { findVariant, readScenario, slugs } from '../scenarios/scenarios.ts'
import { readSecrets } from './secret.ts'

const command = {
  run: 'npm run demo:<slug>',
  hasOperand: true,
  options: {
    variant: text({ value: '<name>' }, 'app', { ja: 'この版から始める', en: 'begin with this variant' }),
    store: storeOption('sqlite:', 'SESSION_STORE'),
    port: portOption(),
    listen: text({ value: '<address>' }, undefined, {
      ja: '指定したアドレスで待ち受ける。ラボのページは出ません',
      en: 'listen on another address; the lab pages are turned off',
    }),
    inspect: flag({
      ja: 'Chromiumの窓を開き、Cookieの置き場所をじかに見る',
      en: 'open a Chromium window and look right into its cookie jar',
    }),
    'no-inspector': flag({ ja: '観察を付けずに動かす', en: 'run without the inspector' }),
  },
  notes: { ja: `<slug>: ${slugs().join(', ')}`, en: '' },
}

async function main() {
  const given = readArguments(command)
  if (!given) return
  const { operand: slug = '', variant, store, port, listen, inspect } = given
  const hasInspector = !given['no-inspector'] && listen === undefined
  findVariant(readScenario(slug), variant)
  process.chdir(root) // Express looks for views/, and the apps for public/, in the current folder
  const folder = varFolder()
  // before express-session is loaded, or its debug lines are not seen
  if (hasInspector) await import('#inspector/debug-lines')
  const { startLab } = await import('../lab.ts') // only now: a help or a refusal comes at once
  let window: BrowserWindow | undefined // opened once there is something to show in it
  const lab = await startLab(
    {
      slug,
      variant,
      jarSources: [{ look: (client, cookieName) => window?.source.look(client, cookieName) }],
      ...(hasInspector && { recorder: createRecorder() }),
      folder,
      secret: readSecrets(folder),
      storeUrl: await withOwnServer(store),
      hasLabPages: listen === undefined,
    },
    { port, tlsPort: port && port + 443, hosts: listen === undefined ? undefined : [listen] },
  )
  closeAtEnd(lab.close)
  const [{ url }] = lab.sites
  for (const site of lab.sites) console.log(`Example app listening on port ${new URL(site.url).port}!`)
  console.log('')
  for (const [n, site] of lab.sites.entries())
    console.log(`  ${n === 0 ? 'demo     ' : '         '} ${lab.addressOf(site)}`)
  for (const { secureUrl } of lab.sites) if (secureUrl) console.log(`  via TLS   ${secureUrl}`)
  if (listen === undefined) console.log(`  lab page  ${url}__lab/`)
  else console.log('  lab page  (--listenのときは出ません / off with --listen)')
  if (inspect && hasInspector) {
    const { openBrowserWindow } = await import('../chromium/browser-window.ts')
    window = await openBrowserWindow({ isHeadless: process.env['LAB_HEADLESS'] === '1' })
    closeAtEnd(window.close)
    await window.open(`${url}__lab/`)
    console.log('  window    Chromium(実測 / measured by the browser itself)')
  }
  console.log('\n  Ctrl+C で終わります / stops it')
}

await runCommand(main)
