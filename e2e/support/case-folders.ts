import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../../common/places.ts'
import { browser } from '../cases/jar.mjs'

/** An app that suffers from one cause, or from none, and a visitor. */
export interface Case {
  /** The folder's name. */
  name: string
  /** The id of the cause. */
  id: string
  kind: 'fault' | 'risk' | 'advice' | 'healthy'
  /** All that is true of the broken app; the cause itself first. */
  expects: readonly string[]
  /** What it needs in its environment. */
  env: Readonly<Record<string, string>>
  /** Whether its visitor needs it started anew. */
  restarts: boolean
}

/** One app of a case. */
export interface CaseApp {
  one: Case
  which: 'broken' | 'fixed'
  file: string
}

/** What a visitor gets. */
export interface Visit {
  port: number
  restart(): Promise<void>
}

const folder = join(root, 'e2e/cases')

/** All cases, with their apps. */
export function caseApps(): CaseApp[] {
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'case.json')))
  return names.flatMap((name) => {
    const told = JSON.parse(readFileSync(join(folder, name, 'case.json'), 'utf8')) as Omit<Case, 'name'>
    const restarts = readFileSync(join(folder, name, 'drive.mjs'), 'utf8').includes('restart')
    const one = { ...told, name, restarts }
    return (['broken', 'fixed'] as const).flatMap((which) => {
      const file = ['cjs', 'mjs'].map((end) => join(folder, name, `${which}.${end}`)).find(existsSync)
      return file === undefined ? [] : { one, which, file }
    })
  })
}

/** Lets the visitor of a case do what it does; gives whether the symptom showed. */
export async function drive({ one }: CaseApp, { port, restart }: Visit): Promise<boolean> {
  const url = `http://127.0.0.1:${port}`
  const { drive: visit } = await import(pathToFileURL(join(folder, one.name, 'drive.mjs')).href)
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  return visit({ url, port, restart, pause, browser: (options: object) => browser(url, options) })
}
