import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Kind, kinds } from '../diagnose/diagnosis.ts'

const firstPort = 4980

/** The port that is asked for. @throws Error in words for what is none */
export function portOf(text: string | undefined): number {
  if (text === undefined || text === '') return firstPort
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new Error(`ポートは0から65535までの数です: ${text} / a port is a number from 0 to 65535: ${text}`)
  }
  return port
}

/** The file that is asked for, as an absolute path. */
export const reportFileOf = (text: string | undefined): string | undefined =>
  text === undefined || text === '' ? undefined : resolve(text)

/** The module that reads rows, as an absolute path. @throws Error in words when there is no such file */
export function peekFileOf(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  const file = resolve(text)
  if (existsSync(file)) return file
  throw new Error(`--peekのファイルがありません: ${file} / there is no such file for --peek: ${file}`)
}

/** From which kind of finding on the command fails. @throws Error in words for what is none */
export function failOnOf(text: string | undefined): Kind | undefined {
  if (text === undefined || text === '') return undefined
  const kind = kinds.find((one) => one === text)
  if (kind) return kind
  throw new Error(
    `--fail-onは${kinds.join('、')}のどれかです: ${text} / --fail-on takes one of ${kinds.join(', ')}: ${text}`,
  )
}
