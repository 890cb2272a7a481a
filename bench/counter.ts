import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { flag, names, readArguments, wholeNumber } from '../common/arguments.ts'
import { root } from '../common/places.ts'
import { reportTrouble } from '../common/words.ts'
import { withOwnServer } from '../stores/servers/own.ts'
import { postgresProgram } from '../stores/servers/postgres.ts'
import { redisProgram } from '../stores/servers/redis.ts'
import { comparisons, contestants, type Group, type Name } from './contestants.ts'
import { load } from './load.ts'
import { installNative, isNativeInstalled } from './native.ts'
import { cpuPerRequest, perSecond, ratios, type Slice, type Spread, spread } from './ratios.ts'
import { type Addresses, type Running, results, startServer } from './running.ts'

const command = {
  run: 'npm run bench',
  options: {
    inspector: flag({ ja: '記録(インスペクター)の費用も測る', en: 'also what recording costs' }),
    stores: flag({
      ja: 'Redis、PostgreSQL、cookie-session、セッションなしのExpressとも比べる',
      en: 'Redis, PostgreSQL, cookie-session and Express without sessions, too',
    }),
    native: flag({
      ja: 'sqlite3をコンパイルして比べる(初回は数分)',
      en: 'compile sqlite3 and compare with it (some minutes, the first time)',
    }),
    only: names({ value: '<a,b>' }, Object.keys(contestants) as Name[], {
      ja: 'このサーバーだけ',
      en: 'only these servers',
    }),
    starts: wholeNumber({ value: '<n>' }, 4, {
      ja: 'サーバーを起動し直す回数',
      en: 'how often the servers are started anew',
    }),
    rounds: wholeNumber({ value: '<n>' }, 10, { ja: '起動ごとの周回数', en: 'rounds for each start' }),
    ms: wholeNumber({ value: '<n>' }, 250, {
      ja: '1回の測定の長さ(ミリ秒)',
      en: 'length of a slice in milliseconds',
    }),
    connections: wholeNumber({ value: '<n>' }, 8, { ja: '同時接続数', en: 'connections' }),
    prof: flag({
      ja: '各サーバーの--cpu-profをbench/results/に残す',
      en: 'leave a CPU profile of each server in bench/results/',
    }),
  },
  notes: {
    ja: 'NODE_ENVはサーバーにそのまま渡ります。',
    en: 'NODE_ENV is handed on to the servers.',
  },
}

type Options = NonNullable<ReturnType<typeof readArguments<(typeof command)['options']>>>

/** ms for each server before the first round: V8 goes on compiling for thousands of requests. */
const warmUp = 2_000

/** Who takes part. What is left out, and why, is said. */
function choose(options: Options): Name[] {
  if (options.only) return [...options.only]
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
  if (!options.stores) leaveOut('ほかのストア', 'the other stores', '--stores')
  if (!takesPart.inspector) leaveOut('記録(インスペクター)', 'the recorder', '--inspector')
  if (!takesPart.native)
    leaveOut('sqlite3(コンパイルに数分)', 'the native sqlite3, which compiles for some minutes,', '--native')
  return (Object.keys(contestants) as Name[]).filter((name) => takesPart[contestants[name].group])
}

function leaveOut(ja: string, en: string, option: string) {
  console.log(`${ja}のレコードは省きます。測るには: npm run bench -- ${option}`)
  console.log(`The rows of ${en} are left out. To have them: npm run bench -- ${option}\n`)
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
 * Measures all servers in turn, `rounds` times, in changing order, so that none always comes after the same one. All of
 * them are restarted `starts` times: by chance V8 compiles one process a few per cent faster than another.
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

/** Columns as wide as what stands in them; a Japanese character is twice as wide. */
function table(rows: readonly (readonly string[])[]): string {
  const width = (text: string) => [...text].reduce((sum, char) => sum + (char > '\u2e7f' ? 2 : 1), 0)
  const columns = rows[0] ?? []
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))))
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
      ['サーバー', 'リクエスト/秒', 'CPU µs/リクエスト', '生成側CPU', ''],
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
      [
        '比べたもの',
        'リクエスト/秒(大きいほど速い)',
        'CPU/リクエスト(小さいほど軽い)',
        'リクエスト/秒の目標',
        '',
      ],
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
    console.log(
      '\nリクエストの生成側がほぼ1コアを使い切った回があります。その回のリクエスト/秒は生成側の速さです。',
    )
    console.log(
      'In some slices the load generator used up nearly a core: their req/s is the speed of the generator.',
    )
  }
}

const generatorShare = ({ generatorCpu, seconds }: Slice): number => generatorCpu / 1e6 / seconds

const stores = ['connect-sqlite3', 'libsql', 'connect-redis', 'connect-pg-simple']
const packages = ['express', 'express-session', 'ejs', ...stores]

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
      ...Object.fromEntries(packages.map((name) => [name, versionOf(fromProject, name)])),
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
  const options = readArguments(command)
  if (!options) return
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
