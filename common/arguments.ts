import { parseArgs } from 'node:util'
import { Trouble, type Words } from './words.ts'

/** An option of a command: how it is read, and what the help says of it. */
interface Option<T> extends Words {
  /** What stands for its value in the help, as `<n>`; a switch has none. */
  value?: string
  /** The environment variable that is read where the option is not given. */
  env?: string
  /** What holds where neither is there. */
  initial: T
  /**
   * @param given what stands behind the option, each time that it is there
   * @param name what to call it in front of the reader
   * @throws Trouble when it cannot be that
   */
  read(given: readonly string[], name: string): T
}

type Options = Readonly<Record<string, Option<unknown>>>

export interface Command<O extends Options> {
  /** How it is run, as `npm run bench`. */
  run: string
  /** By their names, without the two dashes. */
  options: O
  /** Whether it takes a word that is no option. */
  hasOperand?: boolean
  /** Whether what it does not know is somebody else's, and not refused. */
  handsOn?: boolean
  /** What the help says beneath the options. */
  notes?: Words
}

type Values<O extends Options> = { [Name in keyof O]: O[Name] extends Option<infer T> ? T : never } & {
  operand: string | undefined
}

type Kind = Pick<Option<unknown>, 'env'> & { value: string }

/** An option that is there or not. */
export const flag = (words: Words): Option<boolean> => ({ ...words, initial: false, read: () => true })

/** An option with a text behind it. */
export const text = <T extends string | undefined>(
  kind: Kind,
  initial: T,
  words: Words,
): Option<string | T> => ({ ...kind, ...words, initial, read: (given) => given.at(-1) ?? initial })

/** An option with a whole number behind it, from `least` to `most`. */
export function wholeNumber(
  kind: Kind & { least?: number; most?: number },
  initial: number,
  words: Words,
): Option<number> {
  const { least = 1, most = Number.MAX_SAFE_INTEGER, ...rest } = kind
  return {
    ...rest,
    ...words,
    initial,
    read(given, name) {
      const last = given.at(-1) ?? ''
      const number = /^\d+$/.test(last) ? Number(last) : Number.NaN
      if (number >= least && number <= most) return number
      const isOpen = most === Number.MAX_SAFE_INTEGER
      throw new Trouble({
        ja: `${name}には${isOpen ? `${least}以上` : `${least}から${most}まで`}の整数を書きます。「${last}」は使えません。`,
        en: `${name} has to be a whole number ${isOpen ? `of at least ${least}` : `from ${least} to ${most}`}, not "${last}".`,
      })
    },
  }
}

/** An option with names behind it, of those that are known: with commas between them, or the option several times. */
export const names = <Name extends string>(
  kind: Kind,
  known: readonly Name[],
  words: Words,
): Option<readonly Name[] | undefined> => ({
  ...kind,
  ...words,
  initial: undefined,
  read(given, name) {
    const asked = given.flatMap((each) => each.split(','))
    const unknown = asked.filter((each) => !known.some((one) => one === each))
    if (unknown.length > 0) {
      throw new Trouble({
        ja: `${name}の「${unknown.join('、')}」はありません。あるのは: ${known.join(', ')}`,
        en: `There is no ${unknown.join(', ')} for ${name}. There are: ${known.join(', ')}`,
      })
    }
    return known.filter((one) => asked.includes(one))
  },
})

/** The port to listen on, in every command that listens; 0 takes a free one. */
export const portOption = (env?: string): Option<number> =>
  wholeNumber({ value: '<n>', least: 0, most: 65_535, ...(env && { env }) }, 3000, {
    ja: '待ち受けるポート',
    en: 'the port to listen on',
  })

/** The store, in every command that opens one. */
export const storeOption = (initial: string, env?: string): Option<string> =>
  text({ value: '<url>', ...(env && { env }) }, initial, {
    ja: 'セッションの置き場所。sqlite: memory: redis: postgres: redis://… postgres://…',
    en: 'where the sessions lie; redis: and postgres: alone start a server of their own',
  })

/**
 * Reads what stands behind a command. With `--help` it prints the help instead.
 * @returns the values of all options; undefined when the help was asked for, and there is nothing more to do
 * @throws Trouble when something is not known, or cannot be what it has to be
 */
export function readArguments<O extends Options>(
  command: Command<O>,
  args: readonly string[] = process.argv.slice(2),
  env: NodeJS.ProcessEnv = process.env,
): Values<O> | undefined {
  const { tokens } = parseArgs({
    args: [...args],
    options: parsed(command.options),
    strict: false, // what it refuses, it refuses in English alone
    tokens: true,
  })
  if (tokens.some((token) => token.kind === 'option' && token.name === 'help')) {
    console.log(helpOf(command))
    return undefined
  }
  try {
    const [given, operand] = sorted(command, tokens)
    const values = Object.entries(command.options).map(([name, option]) => [
      name,
      valueFor(option, name, given.get(name), env),
    ])
    return { ...Object.fromEntries(values), operand }
  } catch (problem) {
    if (!(problem instanceof Trouble)) throw problem
    const { ja, en } = problem.words
    throw new Trouble({ ja, en: `${en}\n\n  ${commandLine(command, '--help')}` })
  }
}

const parsed = (options: Options) =>
  Object.fromEntries([
    ['help', { type: 'boolean', short: 'h' }] as const,
    ...Object.entries(options).map(
      ([name, { value }]) => [name, { type: value ? 'string' : 'boolean' }] as const,
    ),
  ])

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number]
type GivenOption = Extract<Token, { kind: 'option' }>

/** What was given for each option, and the word that is none. */
function sorted(
  { options, hasOperand, handsOn }: Command<Options>,
  tokens: readonly Token[],
): [ReadonlyMap<string, readonly string[]>, string | undefined] {
  const given = new Map<string, string[]>()
  const operands: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined
    if (option) given.set(token.name, [...(given.get(token.name) ?? []), behind(option, token)])
    else if (!handsOn) throw unknown(token.rawName, options)
  }
  const unexpected = operands.slice(hasOperand ? 1 : 0)
  if (unexpected.length > 0 && !handsOn) throw unknown(unexpected.join(' '), options)
  return [given, operands[0]]
}

/** The text behind an option; empty for a switch. */
function behind(
  { value }: Option<unknown>,
  { rawName, value: given = '', inlineValue }: GivenOption,
): string {
  if (!value) {
    if (!inlineValue) return ''
    throw new Trouble({
      ja: `${rawName}には値を付けられません(「${given}」)。`,
      en: `${rawName} takes no value ("${given}").`,
    })
  }
  const isNextOption = !inlineValue && given.startsWith('--')
  if (given.trim() !== '' && !isNextOption) return given
  throw new Trouble({
    ja: `${rawName}の値がありません。${rawName} ${value} のように書きます。変数を渡したなら、その変数が空です。`,
    en: `${rawName} has no value. Write ${rawName} ${value}. If you passed a variable, it is empty.`,
  })
}

const unknown = (what: string, options: Options) => {
  const known = [...Object.keys(options), 'help'].map((name) => `--${name}`).join(', ')
  return new Trouble({
    ja: `「${what}」はわかりません。使えるのは: ${known}`,
    en: `"${what}" is not known. There are: ${known}`,
  })
}

function valueFor(
  option: Option<unknown>,
  name: string,
  given: readonly string[] | undefined,
  env: NodeJS.ProcessEnv,
) {
  if (given) return option.read(given, `--${name}`)
  const fromEnv = option.env && env[option.env]
  return fromEnv ? option.read([fromEnv], option.env ?? '') : option.initial
}

/** `npm` takes what stands before `--` for its own. */
const commandLine = ({ run }: Command<Options>, rest: string) => `${run} -- ${rest}`

function helpOf(command: Command<Options>): string {
  const help: Words = { ja: 'この使い方を表示する', en: 'show this help' }
  const all: [string, Words & Partial<Option<unknown>>][] = [
    ...Object.entries(command.options),
    ['help', help],
  ]
  const left = all.map(([name, { value }]) => `--${name}${value ? ` ${value}` : ''}`)
  const width = Math.max(...left.map(({ length }) => length))
  const lines = all.flatMap(([, option], index) => {
    const { ja, en } = withDefault(option)
    return [`  ${left[index]?.padEnd(width)}  ${ja}`, `  ${' '.repeat(width)}  ${en}`]
  })
  const notes = command.notes ? ['', command.notes.ja, command.notes.en] : []
  return [commandLine(command, '[options]'), '', ...lines, ...notes].join('\n')
}

function withDefault({ ja, en, env, initial }: Words & Partial<Option<unknown>>): Words {
  const isTold = typeof initial === 'string' || typeof initial === 'number'
  const [inJa, inEn] = [
    [isTold && `省くと${initial}`, env && `または環境変数${env}`],
    [isTold && `default ${initial}`, env && `or ${env} in the environment`],
  ].map((parts) => parts.filter(Boolean))
  const inBrackets = (separator: string, parts: unknown[] = []) =>
    parts.length > 0 ? `(${parts.join(separator)})` : ''
  return { ja: ja + inBrackets('、', inJa), en: `${en} ${inBrackets('; ', inEn)}`.trimEnd() }
}
