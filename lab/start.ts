import './inspector/debug-lines.ts'
import { createRecorder } from './inspector/recorder.ts'
import { openLab } from './lab.ts'
import { listenNear } from './listen.ts'
import { openIndex } from './pages/index-page.ts'
import { root, varFolder } from './places.ts'
import { slugs } from './scenarios.ts'
import { readSecrets } from './secret.ts'
import { withOwnServer } from './servers/own.ts'
import { reportTrouble } from './words.ts'

const firstPort = Number(process.env['PORT'] || 3000)

async function main() {
  process.chdir(root)
  const folder = varFolder()
  const secret = readSecrets(folder)
  const index = openIndex()
  const { port } = await listenNear(index.handler, firstPort)
  const indexUrl = `http://localhost:${port}/`
  const storeUrl = await withOwnServer(process.env['SESSION_STORE'] || 'sqlite:')
  let next = port + 1
  for (const slug of slugs()) {
    const lab = await openLab({
      slug,
      secret,
      folder,
      recorder: createRecorder(),
      storeUrl,
      hasLabPages: true,
      indexUrl,
    })
    for (const site of lab.sites) {
      const listening = await listenNear(site.handler, next)
      site.url = `http://localhost:${listening.port}/`
      next = listening.port + 1
    }
    for (const site of lab.isBehindTlsProxy ? lab.sites : []) {
      const { startTlsProxy } = await import('./tls-proxy.ts')
      const target = `http://127.0.0.1:${new URL(site.url).port}`
      const proxy = await startTlsProxy({ target, port: next })
      site.secureUrl = `https://localhost:${proxy.port}/`
      next = proxy.port + 1
    }
    index.add(lab)
  }
  console.log(`express-session-lab: ${indexUrl}`)
  console.log('Ctrl+C で終わります / stops it')
}

await main().catch(reportTrouble)
