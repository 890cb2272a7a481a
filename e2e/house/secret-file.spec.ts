import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSecrets } from '../../lab/cli/secret.ts'
import { expect, test } from '../support/fixtures.ts'
import { runNode } from '../support/own-process.ts'

/* Where the secret comes from: SESSION_SECRET, or a file which the first start makes. */

for (const [what, links, before] of [
  ['a fresh folder', 'with-links', undefined],
  ['a folder with a file that was left empty', 'with-links', ''],
  ['a fresh folder on a file system without links', 'without-links', undefined],
] as const) {
  test(`first starts at the same moment agree on one secret: ${what}`, async ({ evidence }, testInfo) => {
    const rounds = before === undefined ? 100 : 20 // an empty file is given time to be filled
    const folders = Array.from({ length: rounds }, (_, round) => testInfo.outputPath(String(round)))
    for (const folder of folders) {
      mkdirSync(folder)
      if (before !== undefined) writeFileSync(join(folder, 'secret'), before)
    }
    const raced = await runNode(['e2e/support/secret-race.mjs', links, ...folders])
    expect(raced.stderr()).toBe('')
    const read = JSON.parse(raced.stdout()) as string[][]
    await evidence.json('what each thread read, round by round', read)
    folders.forEach((folder, round) => {
      const kept = readFileSync(join(folder, 'secret'), 'utf8')
      expect(kept).toMatch(/^[\w-]{43}$/)
      expect(read.map((thread) => thread[round])).toEqual(read.map(() => kept))
      expect(readdirSync(folder)).toEqual(['secret'])
    })
  })
}

test('the file is for its owner only, and the next start reads it', () => {
  const folder = test.info().outputPath()
  const made = readSecrets(folder, {})
  expect(readSecrets(folder, {})).toEqual(made)
  expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600)
})

test('a file that holds something short is told in words and left alone', async ({
  evidence: _,
}, testInfo) => {
  const folder = testInfo.outputPath()
  writeFileSync(join(folder, 'secret'), 'short')
  expect(() => readSecrets(folder, {})).toThrow('too short')
  expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe('short')
})

test('in production each secret of SESSION_SECRET has 32 bytes or more; elsewhere it is as you like', () => {
  const long = 'x'.repeat(32)
  const production = (secrets?: string) => () =>
    readSecrets('', { NODE_ENV: 'production', ...(secrets !== undefined && { SESSION_SECRET: secrets }) })
  for (const none of [undefined, '', ' , ']) expect(production(none)).toThrow('SESSION_SECRET')
  expect(production('y'.repeat(31))).toThrow('secret 1 has 31')
  expect(production(`${long},keyboard cat`)).toThrow('secret 2 has 12')
  expect(production(`${long},keyboard cat`)).not.toThrow('keyboard')
  expect(production(`${long}, ${'あ'.repeat(11)}`)()).toEqual([long, 'あ'.repeat(11)])
  expect(readSecrets('', { SESSION_SECRET: 'keyboard cat' })).toEqual(['keyboard cat'])
})
