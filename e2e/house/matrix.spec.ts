import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { folderOf, matrixFolder } from '../../matrix/folders.ts'
import { listed } from '../../matrix/listed.ts'
import { expect, test } from '../support/fixtures.ts'

/** The stores that the README of the installed express-session lists, in its order. */
function storesOfReadme(): readonly string[] {
  const folder = dirname(createRequire(import.meta.url).resolve('express-session/package.json'))
  const readme = readFileSync(join(folder, 'README.md'), 'utf8')
  const [, section = ''] = readme.split('## Compatible Session Stores')
  const [stores = ''] = section.split(/^## /m)
  return [...stores.matchAll(/^\[(.+)-url\]: /gm)].map(([, name = '']) => name)
}

const run = listed.filter(({ how }) => how)

test('The matrix names every store that the README lists, in its order, and no other', () => {
  const names = storesOfReadme()
  expect(names.length).toBeGreaterThan(50)
  expect(listed.map(({ name }) => name)).toEqual(names)
})

test('A store is run in one way, or says what it lacks', () => {
  for (const { name, how, lacks } of listed) expect([how, lacks].filter(Boolean), name).toHaveLength(1)
})

test('Each store that is run has an adapter and a dependency tree of its own, pinned', () => {
  const folders = run.map(({ name }) => folderOf(name)).sort()
  const there = readdirSync(join(matrixFolder, 'stores'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(matrixFolder, 'stores', name))
  expect(folders).toEqual(there.sort())

  for (const { name } of run) {
    const read = (file: string) => readFileSync(join(folderOf(name), file), 'utf8')
    const manifest = JSON.parse(read('package.json')) as {
      private?: boolean
      dependencies: Record<string, string>
    }
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { version?: string }> }
    expect(existsSync(join(folderOf(name), 'adapter.ts')), name).toBe(true)
    expect(manifest.private, name).toBe(true)
    expect(manifest.dependencies, name).toHaveProperty([name])
    for (const [dependency, version] of Object.entries(manifest.dependencies)) {
      expect(version, `${dependency} of ${name}`).toMatch(/^\d+\.\d+\.\d+[-\w.]*$/)
      expect(lock.packages[`node_modules/${dependency}`]?.version, `${dependency} of ${name}`).toBe(version)
    }
    expect(read('package-lock.json'), `the lock file of ${name} names a registry`).not.toMatch(
      /"resolved": "http/,
    )
  }
})
