import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname, join, resolve } from 'node:path'

/** A program to start, with its arguments. */
export interface Command {
  program: string
  args: readonly string[]
}

const plain = new Set(['.js', '.mjs', '.cjs'])
const typed = new Set(['.ts', '.mts', '.cts'])

/**
 * What is to be started for the words on the command line: a file with Node, anything else as it stands; without
 * words the script `dev` or `start` of the package here.
 * @throws Error in words when there is nothing to start, or nothing here runs TypeScript
 */
export function commandOf([first, ...args]: readonly string[], cwd: string): Command {
  if (first === undefined) return scriptOf(cwd)
  const file = resolve(cwd, first)
  const extension = extname(first)
  const isFile = existsSync(file) && statSync(file).isFile()
  if (isFile && typed.has(extension))
    return { program: process.execPath, args: [...typescript(cwd), first, ...args] }
  if (isFile && (plain.has(extension) || isForNode(file)))
    return { program: process.execPath, args: [first, ...args] }
  if (!isFile && (plain.has(extension) || typed.has(extension))) {
    throw new Error(`ファイルがありません: ${file} / there is no such file: ${file}`)
  }
  return { program: first, args }
}

/** `bin/www` and the like: their first line says that Node runs them. */
const isForNode = (file: string) => /^#!.*\bnode\b/.test(readFileSync(file, 'utf8').slice(0, 200))

/** What lets Node run TypeScript: tsx where the app has it, or Node itself where it strips types. */
function typescript(cwd: string): string[] {
  try {
    return ['--import', createRequire(join(cwd, 'package.json')).resolve('tsx')]
  } catch {
    if (process.features['typescript' as keyof typeof process.features]) return []
    throw new Error(
      'このNodeはTypeScriptをそのまま動かせません。npm install --save-dev tsx をしてください。 / ' +
        'This Node does not run TypeScript by itself: npm install --save-dev tsx',
    )
  }
}

function scriptOf(cwd: string): Command {
  const file = join(cwd, 'package.json')
  const { scripts = {} } = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { scripts?: Record<string, string> })
    : {}
  const name = ['dev', 'start'].find((each) => scripts[each] !== undefined)
  if (name) return { program: 'npm', args: ['run', name] }
  throw new Error(
    '何を起動するかわかりません。ファイルかコマンドを書くか、package.jsonにdevかstartを置いてください。 / ' +
      'Nothing to start: name a file or a command, or have a dev or start script in package.json.',
  )
}
