// Does a call on a store cost more when more sessions lie in it? And does cleaning them up stop everything else?
// npm run bench:sizes -- --help
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SessionData, Store } from 'express-session'
import { flag, names, readArguments, wholeNumber } from '../common/arguments.ts'
import { reportTrouble } from '../common/words.ts'
import { openStore } from '../stores/open.ts'
import { withOwnServer } from '../stores/servers/own.ts'
import { postgresProgram } from '../stores/servers/postgres.ts'
import { redisProgram } from '../stores/servers/redis.ts'
import { spread } from './ratios.ts'

const kinds = ['memory:', 'sqlite:', 'redis:', 'postgres:'] as const

const command = {
  run: 'npm run bench:sizes',
  options: {
    million: flag({ ja: '1,000,000件でも測る', en: 'with 1,000,000 sessions, too' }),
    only: names({ value: '<a,b>' }, kinds, {
      ja: `このストアだけ: ${kinds.join(' ')}`,
      en: 'only these stores',
    }),
    calls: wholeNumber({ value: '<n>' }, 200, { ja: '1回の測定での呼び出し数', en: 'calls in one slice' }),
    rounds: wholeNumber({ value: '<n>' }, 15, { ja: '周回数', en: 'rounds' }),
  },
}

/** How much is measured. */
interface Plan {
  sizes: readonly number[]
  calls: number
  rounds: number
}

const hour = 3_600_000 // ms
const results = fileURLToPath(new URL('results', import.meta.url))

const methods = ['get', 'set', 'touch', 'length'] as const
type Method = (typeof methods)[number]

/** Answers with a session that lasts an hour. */
const session = (n: number) =>
  ({
    cookie: { originalMaxAge: hour, expires: new Date(Date.now() + hour), httpOnly: true, path: '/' },
    count: n,
  }) as unknown as SessionData

/** One call on a session that is there; undefined when the store does not offer the method. */
function call(store: Store, method: Method, n: number): Promise<void> | undefined {
  if (typeof store[method] !== 'function') return undefined
  return new Promise((resolve, reject) => {
    const done = (error?: unknown) => (error ? reject(error) : resolve())
    if (method === 'get') {
      store.get(`s${n}`, (error, found) =>
        done(error ?? (found ? undefined : new Error(`s${n} is not there`))),
      )
    } else if (method === 'set') store.set(`s${n}`, session(n), done)
    else if (method === 'touch') store.touch?.(`s${n}`, session(n), done as () => void)
    else store.length?.(done)
  })
}

/** µs of one call, over `calls` of them one after the other, spread over all sessions. */
async function slice(
  store: Store,
  method: Method,
  calls: number,
  size: number,
  round: number,
): Promise<number> {
  const count = method === 'length' ? 3 : calls
  const step = 7_919 // a prime: neighbours in time are none in the store
  const started = performance.now()
  for (let i = 0; i < count; i++) await call(store, method, ((round * count + i) * step) % size)
  return (1000 * (performance.now() - started)) / count
}

const shown = (us: number) => (us < 100 ? us.toFixed(1) : us.toFixed(0))

async function measureSizes(kind: string, url: string, folder: string, { sizes, calls, rounds }: Plan) {
  const { fill } = await import('./fill.ts') // not before a help has been shown: it loads a database
  const opened = []
  for (const [index, size] of sizes.entries()) {
    const name = `n${size}`
    // on Redis a database for each size: counting keys goes through all that is there
    const location = url.replace('sqlite:', `sqlite:${folder}`).replace(/^redis:.*/, `$&/${index}`)
    await fill(location, join(folder, `${name}.sqlite`), name, size, Date.now() + hour)
    const store = await openStore(location, folder, name)
    if (kind === 'memory:') for (let n = 0; n < size; n++) await call(store.store, 'set', n)
    opened.push({ size, ...store })
  }
  const table: Record<string, Record<number, number>> = {}
  for (const method of methods) {
    const [first] = opened
    if (!first || !call(first.store, method, 0)) {
      console.log(`  ${kind.padEnd(10)} ${method.padEnd(7)} –`)
      continue
    }
    const times = new Map<number, number[]>(sizes.map((size) => [size, []]))
    for (let round = -2; round < rounds; round++) {
      // each round meets every size, in turn forwards and backwards
      const order = round % 2 ? opened : [...opened].reverse()
      for (const { size, store } of order) {
        const us = await slice(store, method, calls, size, round + 2)
        if (round >= 0) times.get(size)?.push(us)
      }
    }
    const medians = sizes.map((size) => spread(times.get(size) ?? []).median)
    table[method] = Object.fromEntries(sizes.map((size, i) => [size, medians[i] ?? Number.NaN]))
    const [base = Number.NaN] = medians
    const ratio = (medians.at(-1) ?? Number.NaN) / base
    const verdict =
      kind === 'sqlite:' && (method === 'get' || method === 'set')
        ? ` ${ratio <= 1.5 ? '届いた / met' : '届かない / not met'} (<= 1.5)`
        : ''
    console.log(
      `  ${kind.padEnd(10)} ${method.padEnd(7)} ${medians.map((us) => shown(us).padStart(9)).join('')}   x ${ratio.toFixed(2)}${verdict}`,
    )
  }
  for (const { close } of opened) await close()
  return table
}

async function main() {
  const options = readArguments(command)
  if (!options) return
  const { million, only = kinds, calls, rounds } = options
  const sizes = [1_000, 10_000, 100_000, ...(million ? [1_000_000] : [])]
  mkdirSync(results, { recursive: true })
  const folder = mkdtempSync(join(results, 'sizes-'))
  const found: Record<string, unknown> = {
    date: new Date().toISOString(),
    node: process.version,
    calls,
    rounds,
  }
  try {
    console.log('1回の呼び出しのµs(中央値)、右端は最大の件数と1,000件の比')
    console.log('µs of one call (median); at the right, the largest size ÷ 1,000\n')
    console.log(`  ${''.padEnd(18)}${sizes.map((size) => size.toLocaleString('en').padStart(9)).join('')}`)
    for (const kind of only) {
      const program = kind === 'redis:' ? redisProgram : kind === 'postgres:' ? postgresProgram : undefined
      if (program && !program()) {
        console.log(`  ${kind} 入っていないので省きます / not installed, and left out`)
        continue
      }
      found[kind] = await measureSizes(kind, await withOwnServer(kind), folder, { sizes, calls, rounds })
    }
    if (only.includes('sqlite:')) {
      const { measureCleanup, tellCleanup } = await import('./cleanup.ts')
      const cleanup = await measureCleanup(folder, sizes.at(-1) ?? 0)
      found['cleanup'] = cleanup
      console.log(tellCleanup(cleanup))
    }
    const file = join(results, `sizes-${String(found['date']).replaceAll(':', '')}.json`)
    writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`)
    console.log(`\n${file}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await main().catch(reportTrouble)
process.exit() // a server of our own ends with us
