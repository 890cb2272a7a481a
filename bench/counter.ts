import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { root } from '../lab/places.ts'
import { withOwnServer } from '../lab/servers/own.ts'
import { postgresProgram } from '../lab/servers/postgres.ts'
import { redisProgram } from '../lab/servers/redis.ts'
import { reportTrouble, Trouble } from '../lab/words.ts'
import { comparisons, contestants, type Group, type Name } from './contestants.ts'
import { load } from './load.ts'
import { installNative, isNativeInstalled } from './native.ts'
import { cpuPerRequest, perSecond, ratios, type Slice, type Spread, spread } from './ratios.ts'

const usage = `npm run bench -- [options]

  --inspector        記録(インスペクター)の費用も測る / also what recording costs
  --stores           Redis、PostgreSQL、cookie-session、セッションなしのExpressとも比べる
                     / Redis, PostgreSQL, cookie-session and Express without sessions, too
  --native           sqlite3をコンパイルして比べる(初回は数分)
                     / compile sqlite3 and compare with it (some minutes, the first time)
  --only <a,b>       このサーバーだけ / only these servers: ${Object.keys(contestants).join(', ')}
  --starts <n>       サーバーを起動し直す回数(既定は4) / how often the servers are started anew (default 4)
  --rounds <n>       起動ごとの周回数(既定は10) / rounds for each start (default 10)
  --ms <n>           1回の測定の長さ(既定は250) / length of a slice (default 250)
  --connections <n>  同時接続数(既定は8) / connections (default 8)
  --prof             各サーバーの--cpu-profをbench/results/に残す / leave a CPU profile of each server there

  NODE_ENV はサーバーにそのまま渡ります / is handed on to the servers.
`

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        inspector: { type: 'boolean', default: false },
        stores: { type: 'boolean', default: false },
        native: { type: 'boolean', default: false },
        only: { type: 'string' },
        starts: { type: 'string', default: '4' },
        rounds: { type: 'string', default: '10' },
        ms: { type: 'string', default: '250' },
        connections: { type: 'string', default: '8' },
        prof: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    const only = values.only?.split(',')
    const unknown = only?.find((name) => !Object.hasOwn(contestants, name))
    if (unknown !== undefined) throw new Error(`--only ${unknown}`)
    const [starts, rounds, ms, connections] = (['starts', 'rounds', 'ms', 'connections'] as const).map(
      (name) => {
        const value = Number(values[name])
        if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} ${values[name]}`)
        return value
      },
    ) as [number, number, number, number]
    return { ...values, only, starts, rounds, ms, connections }
  } catch (error) {
    throw new Trouble({
      ja: `引数を読めません(${(error as Error).message})。\n\n${usage}`,
      en: `Cannot read the arguments (${(error as Error).message}).`,
    })
  }
}

type Options = ReturnType<typeof readArguments>

/** Before the first round, for each server: the compiler of V8 goes on for thousands of requests. In ms. */
const warmUp = 2_000

const results = fileURLToPath(new URL('results', import.meta.url))

/** Who takes part. What is left out, and why, is said. */
function choose(options: Options): Name[] {
  const names = Object.keys(contestants) as Name[]
  if (options.only) return names.filter((name) => options.only?.includes(name))
  if (options.native && !isNativeInstalled()) installNative()
  const takesPart: Record<Group, boolean> = {
    always: true,
    inspector: options.inspector,
    stores: options.stores,
    redis: options.stores && redisProgram() !== undefined,
    postgres: options.stores && postgresProgram() !== undefined,
    native: isNativeInstalled(),
  }
  if (options.stores && !(takesPart.redis && takesPart.postgres)) {
    const missing = [!takesPart.redis && 'redis-server', !takesPart.postgres && 'postgres'].filter(Boolean)
    console.log(`${missing.join(', ')}: 入っていないので省きます / not installed, and left out\n`)
  }
  if (!options.stores) {
    console.log('ほかのストアの行は省きます。測るには: npm run bench -- --stores')
    console.log('The rows of the other stores are left out. To have them: npm run bench -- --stores\n')
  }
  if (!takesPart.inspector) {
    console.log('記録(インスペクター)の行は省きます。測るには: npm run bench -- --inspector')
    console.log('The rows with the recorder are left out. To have them: npm run bench -- --inspector\n')
  }
  if (!takesPart.native) {
    console.log(
      'sqlite3との比較の行は省きます。sqlite3はコンパイルに数分かかるので、頼まれたときだけ入れます: npm run bench -- --native',
    )
    console.log(
      'The rows about the native sqlite3 are left out: it compiles for some minutes, and is installed only when asked for: ' +
        'npm run bench -- --native\n',
    )
  }
  return names.filter((name) => takesPart[contestants[name].group])
}

interface Running {
  name: Name
  port: number
  cpu(): Promise<number>
  stop(): Promise<void>
}

type Message = { port?: number; cpu?: NodeJS.CpuUsage }

/** The addresses of the servers behind the stores that have one. */
type Addresses = Partial<Record<Name, string>>

async function startServer(
  name: Name,
  databases: string,
  addresses: Addresses,
  prof: boolean,
): Promise<Running> {
  const folder = join(databases, name)
  mkdirSync(folder)
  const { DEBUG: _, ...env } = process.env
  const child = fork(join(root, 'lab/run.mjs'), ['bench/server.ts', name, folder, addresses[name] ?? ''], {
    cwd: root, // Express looks for views/, and the app for public/, in the current folder
    env,
    execArgv: prof ? ['--cpu-prof', '--cpu-prof-dir', join(results, `profile-${name}`)] : [],
  })
  const { port = 0 } = await messageOf(child, name)
  return {
    name,
    port,
    async cpu() {
      child.send('cpu')
      const { cpu } = await messageOf(child, name)
      return cpu ? cpu.user + cpu.system : Number.NaN
    },
    async stop() {
      if (child.exitCode !== null) return
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

async function messageOf(child: ChildProcess, name: Name): Promise<Message> {
  const stopped = new AbortController()
  const onExit = () => stopped.abort()
  child.once('exit', onExit)
  try {
    const [message] = await once(child, 'message', { signal: stopped.signal })
    return message
  } catch {
    throw new Trouble({ ja: `${name} のサーバーが止まりました。`, en: `The server of ${name} has stopped.` })
  } finally {
    child.off('exit', onExit)
  }
}

async function slice(server: Running, round: number, { connections, ms }: Options): Promise<Slice> {
  const before = await server.cpu()
  const generatorBefore = process.cpuUsage()
  const served = await load(server.port, { connections, ms })
  const { user, system } = process.cpuUsage(generatorBefore)
  const cpu = (await server.cpu()) - before
  return { round, name: server.name, ...served, cpu, generatorCpu: user + system }
}

/**
 * All servers, one after the other, `rounds` times. The order changes, so that none has always the same one before it.
 * All are started anew `starts` times: what the compiler makes of a process is good for some per cent of its speed.
 */
async function measure(
  names: readonly Name[],
  databases: string,
  addresses: Addresses,
  options: Options,
): Promise<Slice[]> {
  const slices: Slice[] = []
  for (let start = 0; start < options.starts; start++) {
    const folder = join(databases, String(start))
    mkdirSync(folder)
    const servers: Running[] = []
    try {
      for (const name of names) servers.push(await startServer(name, folder, addresses, options.prof))
      for (const server of servers) await slice(server, -1, { ...options, ms: warmUp })
      for (let i = 0; i < options.rounds; i++) {
        const round = start * options.rounds + i
        const first = round % servers.length
        const order = [...servers.slice(first), ...servers.slice(0, first)]
        if (round % 2 === 1) order.reverse()
        for (const server of order) slices.push(await slice(server, round, options))
        if (process.stderr.isTTY) process.stderr.write(`\r${round + 1}/${options.starts * options.rounds} `)
      }
    } finally {
      await Promise.all(servers.map((server) => server.stop()))
    }
  }
  if (process.stderr.isTTY) process.stderr.write('\r')
  return slices
}

interface Comparison {
  of: Name
  to: Name
  aim: number | undefined
  perSecond: Spread
  cpuPerRequest: Spread
}

const compare = (slices: readonly Slice[], names: readonly Name[]): Comparison[] =>
  comparisons
    .filter(({ of, to }) => names.includes(of) && names.includes(to))
    .map(({ of, to, aim }) => ({
      of,
      to,
      aim,
      perSecond: spread(ratios(slices, of, to, perSecond)),
      cpuPerRequest: spread(ratios(slices, of, to, cpuPerRequest)),
    }))

/** Columns as wide as what stands in them; a Japanese character takes two places. */
function table(rows: readonly (readonly string[])[]): string {
  const width = (text: string) => [...text].reduce((sum, char) => sum + (char > '\u2e7f' ? 2 : 1), 0)
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, width(cell))
    })
  }
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell))).join('  ')
  return rows.map((row) => `  ${line(row).trimEnd()}`).join('\n')
}

/** Said only where the noise of this run leaves no doubt. */
function verdict({ sure: [low, high] }: Spread, aim: number): string {
  if (low >= aim) return '届いた / met'
  if (high < aim) return '届かない / not met'
  return `この回では決められない(${low.toFixed(2)}-${high.toFixed(2)}) / undecided`
}

function print(slices: readonly Slice[], names: readonly Name[], compared: readonly Comparison[]) {
  const median = (name: Name, value: (slice: Slice) => number) =>
    spread(slices.filter((slice) => slice.name === name).map(value)).median
  console.log(
    '\nCPUはNodeのプロセスだけのもの(RedisやPostgreSQLのサーバーは含みません) / CPU of the Node process alone',
  )
  console.log('このマシンでの値(中央値。ほかのマシンとは比べられません) / medians, on this machine only')
  console.log(
    table([
      ['サーバー', '要求/秒', 'CPU µs/要求', '生成側CPU', ''],
      ['server', 'req/s', 'CPU µs/req', 'generator', ''],
      ...names.map((name) => [
        name,
        median(name, perSecond).toFixed(0),
        median(name, cpuPerRequest).toFixed(0),
        `${(100 * median(name, generatorShare)).toFixed(0)} %`,
        `${contestants[name].title.ja} / ${contestants[name].title.en}`,
      ]),
    ]),
  )
  console.log(
    '\n比(周回ごとの比の中央値、四分位、最小..最大) / median of the ratios per round, quartiles, min..max',
  )
  const show = ({ min, lower, median, upper, max }: Spread) =>
    `${median.toFixed(2)}  ${lower.toFixed(2)}-${upper.toFixed(2)}  ${min.toFixed(2)}..${max.toFixed(2)}`
  console.log(
    table([
      ['比べたもの', '要求/秒(大きいほど速い)', 'CPU/要求(小さいほど軽い)', '要求/秒の目標', ''],
      ['compared', 'req/s (more is faster)', 'CPU/req (less is lighter)', 'aim for req/s', ''],
      ...compared.map(({ of, to, aim, perSecond, cpuPerRequest }) => [
        `${of} / ${to}`,
        show(perSecond),
        show(cpuPerRequest),
        aim === undefined ? '' : `>= ${aim}`,
        aim === undefined ? '' : verdict(perSecond, aim),
      ]),
    ]),
  )
  if (slices.some((slice) => generatorShare(slice) > 0.9)) {
    console.log('\n要求の生成側がほぼ1コアを使い切った回があります。その回の要求/秒は生成側の速さです。')
    console.log(
      'In some slices the load generator used up nearly a core: their req/s is the speed of the generator.',
    )
  }
}

const generatorShare = ({ generatorCpu, seconds }: Slice): number => generatorCpu / 1e6 / seconds

/** What the numbers depend on. */
function surroundings(names: readonly Name[]) {
  const fromProject = createRequire(join(root, 'package.json'))
  const fromNative = createRequire(new URL('native-sqlite3/package.json', import.meta.url))
  const hasNative = names.some((name) => contestants[name].group === 'native')
  return {
    date: new Date().toISOString(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    loadAverage: loadavg()[0] ?? 0,
    platform: `${process.platform} ${process.arch}`,
    nodeEnv: process.env['NODE_ENV'] ?? '',
    versions: {
      node: process.versions.node,
      express: versionOf(fromProject, 'express'),
      'express-session': versionOf(fromProject, 'express-session'),
      ejs: versionOf(fromProject, 'ejs'),
      'connect-sqlite3': versionOf(fromProject, 'connect-sqlite3'),
      libsql: versionOf(fromProject, 'libsql'),
      'connect-redis': versionOf(fromProject, 'connect-redis'),
      'connect-pg-simple': versionOf(fromProject, 'connect-pg-simple'),
      ...(hasNative && { sqlite3: versionOf(fromNative, 'sqlite3') }),
    },
  }
}

/** From the package's folder: some packages do not export their `package.json`. */
function versionOf(require: NodeJS.Require, name: string): string {
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      return JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')).version
    } catch {
      // not in this folder
    }
  }
  return 'unknown'
}

async function main() {
  const options = readArguments()
  if (options.help) return console.log(usage)
  const names = choose(options)
  const about = surroundings(names)
  const { starts, rounds, ms, connections } = options
  console.log(`${about.cpu}, ${about.cores} cores, ${about.platform}, NODE_ENV=${about.nodeEnv}`)
  console.log(
    Object.entries(about.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
  )
  const seconds = Math.round((starts * names.length * (rounds * ms + warmUp)) / 1000)
  console.log(`${starts} x ${rounds} x ${ms} ms x ${names.length}, ${connections} connections: ${seconds} s`)

  if (about.loadAverage > 0.5) {
    console.log(
      `ほかの仕事が動いています(負荷${about.loadAverage.toFixed(1)})。比のばらつきが大きくなります。`,
    )
    console.log(`This machine is busy (load ${about.loadAverage.toFixed(1)}): the ratios will scatter.\n`)
  }
  mkdirSync(results, { recursive: true })
  const databases = mkdtempSync(join(results, 'databases-')) // on the disk of the project, where var/ is too
  const addresses: Addresses = {
    ...(names.includes('redis') && { redis: await withOwnServer('redis:') }),
    ...(names.includes('postgres') && { postgres: await withOwnServer('postgres:') }),
  }
  try {
    const slices = await measure(names, databases, addresses, options)
    const compared = compare(slices, names)
    print(slices, names, compared)
    const file = join(results, `${about.date.replaceAll(':', '')}.json`)
    writeFileSync(
      file,
      `${JSON.stringify({ ...about, starts, rounds, ms, connections, comparisons: compared, slices }, null, 2)}\n`,
    )
    console.log(`\n${file}`)
  } finally {
    rmSync(databases, { recursive: true, force: true })
  }
}

await main().catch(reportTrouble)
