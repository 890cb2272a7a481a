import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { flag, names, portOption, readArguments, text, wholeNumber } from '../../common/arguments.ts'
import { root } from '../../common/places.ts'
import { runNode } from '../support/own-process.ts'
import type { Answer, Typed } from '../support/run-commands.ts'
import { expect, test } from '../support/worker.ts'

const japanese = /[ぁ-ん]/

/** What commands answer, in one process for all: starting one for each would cost half a second of CPU every time. */
async function answers(commands: readonly Typed[]): Promise<readonly Answer[]> {
  const run = await runNode(['lab/cli/run.mjs', 'e2e/support/run-commands.ts', JSON.stringify(commands)])
  return JSON.parse(run.stdout())
}

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}
const demo = 'lab/cli/demo.ts'
const own = [
  ...new Set(Object.values(scripts).flatMap((line) => /lab\/cli\/run\.mjs (\S+)/.exec(line)?.[1] ?? [])),
]
/** The options of each command. `npm test` has none of its own: what it does not know is for Playwright to refuse. */
const options: Readonly<Record<string, string>> = {
  'lab/cli/start.ts': '--port --store',
  [demo]: '--variant --store --port --listen --inspect --no-inspector',
  'lab/cli/doctor.ts': '--port',
  'lab/cli/exercise.ts': '--hint --solution --restart',
  'e2e/support/run.ts': '',
  'e2e/rehearsal/run.ts': '--learners',
  'docs-site/build.ts': '--passages',
  'bench/counter.ts': '--inspector --stores --native --only --starts --rounds --ms --connections --prof',
  'bench/memory.ts': '--requests',
  'bench/sizes.ts': '--million --only --calls --rounds',
  'versions/run.ts': '--express --only --repeat --json',
  'matrix/run.ts': '--list --only --registry',
}

test('every command says with --help how it is used, and refuses in words what it does not know', async () => {
  expect(own.sort()).toEqual(Object.keys(options).sort()) // so the matrix stands behind what is light
  const refusing = own.filter((script) => script !== 'e2e/support/run.ts')
  const typed = [
    ...own.map((script) => ({ script, args: ['--help'] })),
    ...refusing.map((script) => ({ script, args: ['--nonsense'] })),
  ]
  const found = await answers(typed)
  expect(found).toHaveLength(typed.length)
  for (const [turn, { script, args }] of typed.entries()) {
    const { code, output } = found[turn] as Answer
    const isHelp = args[0] === '--help'
    const printed = output.match(/--[a-z][a-z-]*/g) ?? []
    expect(output, script).toMatch(japanese)
    expect(output, script).not.toContain('    at ')
    expect(code, `${script} ${args}: ${output}`).toBe(isHelp ? 0 : 1)
    for (const name of (options[script] ?? '').split(' ').filter(Boolean))
      expect(printed, script).toContain(name)
    if (!isHelp) expect(output).toContain('--nonsense')
  }
  // what makes a command slow to begin: a help needs none of it (but for the matrix, which is its claims)
  const heavy = ['express', 'ejs', 'playwright', 'playwright-core', 'libsql', 'pg', 'redis']
  const before = found[typed.findIndex(({ script }) => script === 'matrix/run.ts') - 1]
  expect(before?.loaded.filter((name) => heavy.includes(name))).toEqual([])
})

test('what is not known, not given or not possible is refused before anything listens', async ({
  playwright: _,
}, testInfo) => {
  const folder = testInfo.outputPath()
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'a-file'), '')
  const counter = (env: Typed['env'], ...args: string[]): Typed => ({
    ...{ script: demo, args: ['counter', '--port', '0', ...args] },
    env: { LAB_VAR: folder, ...env },
  })
  const wrong: [Typed, string][] = [
    [{ script: demo, args: ['counter', '--listen', ''] }, '--listen'],
    [{ script: demo, args: ['counter', '--listen='] }, '--listen'],
    [{ script: demo, args: ['counter', '--listen'] }, '--listen'],
    [{ script: demo, args: ['counter', '--port', ''] }, '--port'],
    [{ script: demo, args: ['counter', '--port', '80.5'] }, '--port'],
    [{ script: demo, args: ['counter', '--port', '-1'] }, '--port'],
    [{ script: demo, args: ['counter', '--port', '0x50'] }, '--port'],
    [{ script: demo, args: ['counter', 'login'] }, 'login'],
    [{ script: demo, args: [] }, 'counter, welcome'],
    [{ script: demo, args: ['nope'] }, 'counter, welcome, views, login, multi-app'],
    [counter({}, '--variant', 'nope'), 'rolling'],
    [counter({ LAB_VAR: join(folder, 'a-file', 'var') }), 'LAB_VAR'],
    [counter({ SESSION_STORE: 'nope:' }), 'memory:'],
    [counter({ NODE_ENV: 'production' }), 'SESSION_SECRET'],
    ...['-1', '80.5', 'abc', '99999', ' '].map((PORT): [Typed, string] => [
      { script: 'lab/cli/start.ts', args: [], env: { PORT } },
      'PORT',
    ]),
    [{ script: 'lab/cli/exercise.ts', args: ['counter/nope'] }, 'counter/cookie-only'],
    [{ script: 'lab/cli/exercise.ts', args: ['nope'] }, 'login/no-save'],
    [{ script: 'lab/cli/start.ts', args: ['--port', 'abc'], env: { PORT: '3000' } }, '--port'],
  ]
  const found = await answers(wrong.map(([typed]) => typed))
  expect(found).toHaveLength(wrong.length)
  for (const [turn, [typed, said]] of wrong.entries()) {
    const { code, output } = found[turn] as Answer
    expect(code, `${JSON.stringify(typed)}: ${output}`).toBe(1)
    expect(output).toContain(said)
    expect(output).toMatch(japanese)
    expect(output).not.toContain('    at ')
  }
})

const command = {
  run: 'npm run example',
  hasOperand: true,
  options: {
    loud: flag({ ja: '大きく', en: 'loud' }),
    name: text({ value: '<name>', env: 'NAME' }, 'nobody', { ja: '名前', en: 'name' }),
    port: portOption('PORT'),
    times: wholeNumber({ value: '<n>' }, 1, { ja: '回数', en: 'times' }),
    only: names({ value: '<a,b>' }, ['a', 'b', 'c'], { ja: '選ぶ', en: 'choose' }),
  },
}
const initial = { loud: false, name: 'nobody', port: 3000, times: 1, only: undefined, operand: undefined }

test('options are read as they are given, else from the environment, else as the help says', () => {
  for (const [args, env, expected] of [
    [[], {}, {}],
    [[], { PORT: '', NAME: '' }, {}], // a variable that is set to nothing is not set
    [[], { PORT: '0', NAME: 'x' }, { port: 0, name: 'x' }],
    [['--port', '65535'], { PORT: 'abc' }, { port: 65_535 }],
    [['--port', '1', '--port=2'], {}, { port: 2 }],
    [['word', '--loud', '--name=-x'], {}, { operand: 'word', loud: true, name: '-x' }],
    [['--only', 'c,a', '--only', 'a'], {}, { only: ['a', 'c'] }],
  ] as const) {
    expect(readArguments(command, args, env), JSON.stringify(args)).toEqual({ ...initial, ...expected })
  }
})

test('whatever cannot be read is refused in both languages, with the way to the help', () => {
  for (const args of [
    ['--nope'],
    ['-x'],
    ['--constructor'],
    ['--__proto__=1'],
    ['one', 'two'],
    ['--loud=yes'],
    ['--no-loud'],
    ['--name'],
    ['--name', ''],
    ['--name', '--loud'],
    ['--port', '65536'],
    ['--times', '0'],
    ['--times', '1e3'],
    ['--only', 'd'],
    ['--only', 'a,'],
  ]) {
    expect(() => readArguments(command, args, {}), JSON.stringify(args)).toThrow(
      /[ぁ-ん].*\n[A-Z"-].*npm run example -- --help/s,
    )
  }
})
