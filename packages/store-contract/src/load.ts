import type session from 'express-session'
import type { Store } from 'express-session'
import type { Adapter, CreateAdapter, Location, Opened } from './adapter.ts'
import { messageOf } from './calls.ts'
import type { AdapterModule } from './protocol.ts'
import type { Words } from './words.ts'

/** Why there is no store to try, in words for whoever has named the module. */
export class Unusable extends Error {
  readonly words: Words
  constructor(words: Words) {
    super(words.en)
    this.name = 'Unusable'
    this.words = words
  }
}

/** What an export is given: express-session itself, for stores that are made from it, and a place for files. */
export interface Given extends Location {
  session: typeof session
}

type Exports = Readonly<Record<string, unknown>>
type Make = (given: Given) => unknown

/** The exports that make a store, where none is named; the first that is there is taken. */
const usualNames = ['createAdapter', 'createStore', 'default']

/**
 * The way to a store that a module exports: an adapter (see {@link CreateAdapter}), a function that gives a store or
 * `{ store, close }`, a class of stores, or a store.
 * @throws Unusable when it cannot be loaded or exports none of these
 */
export async function loadAdapter({ url, export: name }: AdapterModule): Promise<CreateAdapter> {
  let exports: Exports
  try {
    exports = (await import(url)) as Exports
  } catch (error) {
    const message = messageOf(error)
    throw new Unusable({
      ja: `モジュールを読み込めません: ${message}`,
      en: `the module cannot be loaded: ${message}`,
    })
  }
  const found = findMaker(exports, name ? [name] : usualNames)
  if (!found) throw new Unusable(name ? noSuchExport(name) : nothingToTry)
  return (location) => adapterOf(found.make, found.name, location)
}

/** CommonJS, and what compilers make of ES modules, keep exports in the default one. */
function findMaker(exports: Exports, names: readonly string[]): { name: string; make: Make } | undefined {
  const inner = exports['default'] as Exports | undefined
  for (const name of names) {
    const candidates = [exports[name], inner?.[name], (inner?.['default'] as Exports | undefined)?.[name]]
    for (const value of candidates) {
      const make = makerOf(value)
      if (make) return { name, make }
    }
  }
  return undefined
}

function makerOf(value: unknown): Make | undefined {
  if (isStore(value)) return () => value
  if (typeof value !== 'function') return undefined
  const isClass = isStore((value as { prototype?: unknown }).prototype)
  return isClass ? () => new (value as new () => Store)() : (value as Make)
}

async function adapterOf(make: Make, name: string, location: Location): Promise<Adapter> {
  const { default: session } = await import('express-session')
  const again = async () => {
    try {
      return await make({ ...location, session })
    } catch (error) {
      const message = messageOf(error)
      throw new Unusable({ ja: `${name} が例外を投げました: ${message}`, en: `${name} threw: ${message}` })
    }
  }
  let first = await again()
  if (isAdapter(first)) return first
  openedOf(first, name) // what it is shows now
  return {
    async open() {
      const made = first ?? (await again())
      first = undefined
      return openedOf(made, name)
    },
  }
}

function openedOf(made: unknown, name: string): Opened {
  if (isStore(made)) return { store: made }
  if (isOpened(made)) return made
  const what = made === null ? 'null' : typeof made
  throw new Unusable({
    ja: `${name} はストアを作りません: get、set、destroyのあるオブジェクトでも { store } でもなく、${what} を返しました`,
    en: `${name} makes no store: it gave ${what}, which has no get, set and destroy, and is no { store } either`,
  })
}

const isObject = (value: unknown): value is Exports =>
  (typeof value === 'object' || typeof value === 'function') && value !== null
const isStore = (value: unknown): value is Store =>
  isObject(value) &&
  typeof value !== 'function' &&
  ['get', 'set', 'destroy'].some((method) => typeof value[method] === 'function')
const isOpened = (value: unknown): value is Opened => isObject(value) && isObject(value['store'])
const isAdapter = (value: unknown): value is Adapter => isObject(value) && typeof value['open'] === 'function'

const noSuchExport = (name: string): Words => ({
  ja: `モジュールの ${name} は、ストアを作る関数ではありません`,
  en: `the module has no function "${name}" that makes a store`,
})
const nothingToTry: Words = {
  ja: `モジュールは、ストアを作るものを何もエクスポートしていません。例: export const createStore = () => new MyStore()`,
  en: `the module exports nothing that makes a store. For example: export const createStore = () => new MyStore()`,
}
