import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { compile } from '../../common/compile.mjs'
import { root } from '../../common/places.ts'
import { test as base, expect } from '../support/worker.ts'

interface Files {
  /** Writes a file into a folder of this test's own, and gives its path. */
  write: (name: string, text: string) => string
  /** Compiles `main.ts` there. */
  compiled: () => Promise<string>
}

const test = base.extend<Files>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
  write: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'lab-compile-'))
    await use((name, text) => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    })
    rmSync(folder, { recursive: true })
  },
  compiled: async ({ write }, use) => {
    const file = relative(root, write('main.ts', "export { word as default } from './word.ts'"))
    await use(async () => {
      await setTimeout(20) // what is as new as the compiling may have been changed in its midst, and is not kept
      return compile(file.replaceAll('\\', '/'))
    })
  },
})

const wordOf = async (url: string) => ((await import(url)) as { default: unknown }).default

test('what has not changed is compiled once, what has changed runs as it is now', async ({
  write,
  compiled,
}) => {
  write('word.ts', "export const word: string = 'one'")
  const first = await compiled()
  expect(await wordOf(first)).toBe('one')
  expect(await compiled()).toBe(first)
  write('word.ts', "export const word: string = 'two'")
  const second = await compiled()
  expect(second).not.toBe(first)
  expect(await wordOf(second)).toBe('two')
  expect(await compiled()).toBe(second)
})

test('a file still knows where it is', async ({ write, compiled }) => {
  const file = write('word.ts', 'export const word: string = import.meta.url')
  expect(await wordOf(await compiled())).toBe(pathToFileURL(file).href)
})

test('what cannot be compiled is refused by file and line, and runs once it has been mended', async ({
  write,
  compiled,
}) => {
  write('word.ts', "\nexport const word string = 'one'")
  await expect(compiled()).rejects.toThrow(/word\.ts:2:18: ERROR: Expected ";" but found "string"/)
  write('word.ts', "export const word: string = 'mended'")
  expect(await wordOf(await compiled())).toBe('mended')
})

test('many who compile the same at once all get it', async ({ write, compiled }) => {
  write('word.ts', "export const word: string = 'one'")
  const urls = await Promise.all(Array.from({ length: 5 }, compiled))
  expect(await Promise.all(urls.map(wordOf))).toEqual(Array.from({ length: 5 }, () => 'one'))
})
