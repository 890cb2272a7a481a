import { examine } from '../../lab/doctor/checks.ts'
import { type Probes, probesOf } from '../../lab/doctor/probes.ts'
import { printed } from '../../lab/doctor/report.ts'
import { listen } from '../../lab/http/listen.ts'
import { expect, test } from '../support/worker.ts'

const well: Probes = {
  nodeVersion: '22.12.0',
  missingPackages: () => [],
  unwritable: () => undefined,
  addressesOf: async () => ['127.0.0.1', '::1'],
  takenPorts: async () => ({ from: 3000, to: 3030, taken: [] }),
  browser: () => '/usr/bin/chromium',
  japaneseFonts: () => 12,
}

test('a computer on which all is there will do', async () => {
  const { text, isWell } = printed(await examine(well))
  expect(isWell).toBe(true)
  expect(text).not.toMatch(/^[!✗]/m)
  expect(text).toContain('3000–3030')
  // what cannot be told from a terminal: where it is told
  for (const where of ['npm startの最初のページ', 'the first page of npm start'])
    expect(text).toContain(where)
})

const taken = [{ port: 3001, isLab: true }]
for (const [what, probes, sign, said] of [
  ['an old Node.js', { nodeVersion: '20.18.3' }, '✗', '20.19'],
  ['a Node.js that loads no tests', { nodeVersion: '24.9.0' }, '!', '24.10'],
  ['a package that is not installed', { missingPackages: () => ['ejs'] }, '✗', 'npm ci'],
  [
    'a folder that is read-only',
    { unwritable: () => ({ ja: '書けない', en: 'read-only' }) },
    '✗',
    'read-only',
  ],
  ['a localhost that is elsewhere', { addressesOf: async () => ['10.0.0.1'] }, '✗', '10.0.0.1'],
  ['a localhost that is nowhere', { addressesOf: async () => [] }, '✗', 'not found'],
  ['a taken port', { takenPorts: async () => ({ from: 3000, to: 3030, taken }) }, '!', 'running already'],
  ['no browser', { browser: () => undefined }, '✗', 'LAB_BROWSER'],
  ['no Japanese font', { japaneseFonts: () => 0 }, '!', 'fonts-noto-cjk'],
  ['fonts that cannot be listed', { japaneseFonts: () => undefined }, '·', 'boxes'],
] as const) {
  test(`${what} is told, with what to do`, async () => {
    const { text, isWell } = printed(await examine({ ...well, ...(probes as Partial<Probes>) }))
    expect(isWell).toBe(sign !== '✗')
    const told = text.split(/\n(?=\S)/).filter((each) => each.startsWith(sign) && each.includes(said))
    expect(told.length, text).toBeGreaterThan(0)
    expect(told[0]).toMatch(/[ぁ-ん].*\n {2}[\x20-\x7e’–]+/)
  })
}

test('this computer is asked in earnest: a port is taken while somebody listens on it', async () => {
  const listening = await listen((_req, res) => res.end(), 0)
  const port = listening?.port ?? 0
  const { takenPorts, missingPackages, unwritable, addressesOf } = probesOf(port)
  expect((await takenPorts()).taken).toContainEqual({ port, isLab: false })
  await listening?.close()
  expect((await takenPorts()).taken.map((each) => each.port)).not.toContain(port)
  expect(missingPackages()).toEqual([])
  expect(unwritable()).toBeUndefined()
  expect(await addressesOf('localhost')).not.toEqual([])
  expect(await addressesOf('no.such.invalid')).toEqual([])
})
