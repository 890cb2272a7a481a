import { portOption, readArguments, storeOption } from '../../common/arguments.ts'
import { closeAtEnd, runCommand } from '../../common/ending.ts'
import { root, varFolder } from '../../common/places.ts'
import { withOwnServer } from '../../stores/servers/own.ts'
import { listenNear } from '../http/listen.ts'
import { slugs } from '../scenarios/scenarios.ts'
import { readSecrets } from './secret.ts'

const command = {
  run: 'npm start',
  options: { port: portOption('PORT'), store: storeOption('sqlite:', 'SESSION_STORE') },
}

const tlsBeyond = 443 // ports: a TLS proxy is so far above its app

async function main() {
  const given = readArguments(command)
  if (!given) return
  // only now: a help or a refusal comes at once; the inspector first, or it sees no debug lines
  await import('#inspector/debug-lines')
  const { createRecorder } = await import('#inspector/record')
  const { startLab } = await import('../lab.ts')
  const { openIndex } = await import('../pages/index-page.ts')
  process.chdir(root)
  const folder = varFolder()
  const secret = readSecrets(folder)
  const index = openIndex()
  const { port, close } = await listenNear(index.handler, given.port)
  closeAtEnd(close)
  const indexUrl = `http://localhost:${port}/`
  const storeUrl = await withOwnServer(given.store)
  let next = port && port + 1
  for (const slug of slugs()) {
    const lab = await startLab(
      { slug, secret, folder, recorder: createRecorder(), storeUrl, hasLabPages: true, indexUrl },
      { port: next, tlsPort: next && next + tlsBeyond },
    )
    closeAtEnd(lab.close)
    next = next && Math.max(...lab.sites.map(({ url }) => Number(new URL(url).port))) + 1
    index.add(lab)
  }
  console.log(`express-session-lab: ${indexUrl}`)
  console.log('Ctrl+C で終わります / stops it')
}

await runCommand(main)
