import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { root } from '../../common/places.ts'
import { expect, test } from '../support/worker.ts'

/** What each room may import from; what a room imports from the registry is not looked at. */
const doors: Readonly<Record<string, readonly string[]>> = {
  apps: [],
  statements: [],
  common: [],
  symptoms: ['common'],
  'packages/inspector': [],
  'packages/store-contract': [],
  stores: ['common', 'packages/inspector'],
  matrix: ['common', 'packages/store-contract', 'stores'],
  'versions/results.ts': [],
  'lab/scenarios': ['common', 'apps', 'stores'],
  'docs-site': [
    'common',
    'statements',
    'symptoms',
    'packages/inspector',
    'packages/store-contract',
    'matrix',
    'lab/scenarios',
    'versions/results.ts',
  ],
  lab: [
    ...[
      'common',
      'apps',
      'statements',
      'symptoms',
      'stores',
      'packages/inspector',
      'lab/scenarios',
      'docs-site',
    ],
  ],
  examples: ['packages/inspector'],
  bench: [
    'common',
    'apps',
    'stores',
    'packages/inspector',
    'packages/store-contract',
    'matrix',
    'lab/scenarios',
    'lab',
  ],
  e2e: [
    ...[
      'common',
      'apps',
      'statements',
      'symptoms',
      'stores',
      'packages/inspector',
      'packages/store-contract',
      'matrix',
    ],
    ...['docs-site', 'lab/scenarios', 'lab', 'bench', 'versions/results.ts', 'versions'],
  ],
  versions: ['common', 'statements', 'packages/inspector', 'docs-site', 'lab', 'e2e', 'versions/results.ts'],
}
const rooms = Object.keys(doors)
const roomOf = (file: string) => rooms.find((room) => file === room || file.startsWith(`${room}/`))

/** A package's own tests look inside it. */
const isTestOf = (room: string, file: string) =>
  room === 'packages/inspector'
    ? /^e2e\/(?:house\/(?:inspect|diagnoses)|support\/(?:case-|record))/.test(file)
    : /^e2e\/(?:house|support)\/contract/.test(file)

/** How the root's package.json lets the house into its packages. */
const { imports: fronts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  imports: Readonly<Record<string, string>>
}

interface Import {
  from: string
  to: string
}

const importing = /(?:^|[^\w.])(?:from|import)\s*\(?\s*(['"])([.#][^'"\n]*)\1/g

/** What a file says, without its comments. */
const codeOf = (file: string) =>
  readFileSync(join(root, file), 'utf8').replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '')

function importsOf(file: string): Import[] {
  return [...codeOf(file).matchAll(importing)].flatMap(([, , name = '']) => {
    const to = name.startsWith('#') ? posix.normalize(fronts[name] ?? name) : posix.join(dirname(file), name)
    return existsSync(join(root, to)) ? [{ from: file, to }] : []
  })
}

const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(?:m?ts|mjs|js)$/.test(file) && existsSync(join(root, file)))
const imports = sources.flatMap(importsOf)

test('each room imports only from the rooms that it stands on', () => {
  const broken = imports.flatMap(({ from, to }) => {
    const [here, there] = [roomOf(from), roomOf(to)]
    if (!here || !there || here === there || doors[here]?.includes(there)) return []
    return [`${from} imports ${to}: ${here} must not know ${there}`]
  })
  expect(broken).toEqual([])
})

test('of a package, only its fronts are imported from outside', () => {
  const broken = imports.flatMap(({ from, to }) => {
    const room = roomOf(to)
    if (!room?.startsWith('packages/') || roomOf(from) === room || isTestOf(room, from)) return []
    return Object.values(fronts).map(posix.normalize).includes(to)
      ? []
      : [`${from} reaches into ${to}: take it from the index of ${room}`]
  })
  expect(broken).toEqual([])
})

test('a test is one of e2e/support/worker.ts, so that a worker which has begun can run it, too', () => {
  const own = sources.filter((file) => /^e2e\/(?:house|scenarios|findings|support)\//.test(file))
  const apart = own.filter((file) =>
    /^import \{[^}]*\btest\b[^}]*\} from 'playwright\/test'/m.test(codeOf(file)),
  )
  expect(apart).toEqual(['e2e/support/worker.ts'])
})

const naming = /\b(?:from|import|resolve|require)\s*\(?\s*(['"])((?:@[\w.-]+\/)?[\w.-]+)(?:\/[^'"\n]*)?\1/g

/** The packages of the registry that a file names, also those that it only asks for the place of. */
const packagesOf = (file: string): string[] =>
  [...codeOf(file).matchAll(naming)].map(([, , name = '']) => name).filter((name) => !name.startsWith('.'))

for (const room of rooms.filter((name) => name.startsWith('packages/'))) {
  test(`${room} imports what its own package.json lists, and lists nothing else`, () => {
    const { dependencies, peerDependencies = {} } = JSON.parse(
      readFileSync(join(root, room, 'package.json'), 'utf8'),
    )
    const named = new Set(sources.filter((file) => file.startsWith(`${room}/src/`)).flatMap(packagesOf))
    // the types of a package are named by its own name
    const listed = Object.keys({ ...dependencies, ...peerDependencies }).filter(
      (name) => !named.has(name.replace(/^@types\//, '')) || !name.startsWith('@types/'),
    )
    expect([...named].sort()).toEqual(listed.sort())
  })
}

test('no file imports itself by a way around', () => {
  const below = new Map<string, string[]>()
  for (const { from, to } of imports) below.set(from, [...(below.get(from) ?? []), to])
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, way: readonly string[]) => {
    const at = way.indexOf(file)
    if (at >= 0) circles.push([...way.slice(at), file].join(' → '))
    if (at >= 0 || done.has(file)) return
    for (const next of below.get(file) ?? []) visit(next, [...way, file])
    done.add(file)
  }
  for (const file of sources) visit(file, [])
  expect(circles).toEqual([])
})

test('every file of the house is in a room whose walls are known', () => {
  const outside = sources.filter((file) => !roomOf(file) && !/^(?:public|views)\/|^[^/]+$|^\.ci\//.test(file))
  expect(outside).toEqual([])
})
