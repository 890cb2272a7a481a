import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { createRecorder } from '#inspector'
import { root } from '../../common/places.ts'
import { findBrowser } from '../../lab/chromium/browser.ts'
import { startLab } from '../../lab/lab.ts'

// Takes the picture of the READMEs anew: node lab/cli/run.mjs e2e/support/readme-picture.ts
const folder = await mkdtemp(join(tmpdir(), 'readme-picture-'))
const lab = await startLab(
  {
    slug: 'counter',
    secret: ['for this picture only'],
    storeUrl: 'memory:',
    folder,
    hasLabPages: true,
    recorder: createRecorder(),
  },
  { port: 3000 },
)
const executablePath = findBrowser()
const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath })
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ja' })
  await page.goto(`${lab.sites[0].url}__lab/#step-2`)
  const demo = page.frameLocator('.demo iframe')
  await page
    .getByRole('group', { name: /^予想 .*Cookieの期限/ })
    .getByLabel('延びない')
    .check()
  for (const count of ['1', '2']) {
    await demo.getByRole('link', { name: 'tap!' }).click()
    await demo
      .getByLabel('数')
      .and(demo.getByText(count, { exact: true }))
      .waitFor()
  }
  await page.locator('#inspector-status').getByText('あと').first().waitFor()
  await page.screenshot({ path: join(root, '.github/lab-page.png') })
} finally {
  await browser.close()
  await lab.close()
  await rm(folder, { recursive: true })
}
