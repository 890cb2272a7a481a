import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { openStore } from '../stores/open.ts'
import { fill } from './fill.ts'
import { watchLoop } from './standstill.mjs'

const hour = 3_600_000 // ms
const allowed = 50 // ms

/** A cleanup that was measured. Standstills in ms. */
interface Cleanup {
  size: number
  seconds: number
  longest: number
  p99: number
  /** The longest standstill of a thread that did nothing meanwhile: what the machine itself makes others wait. */
  idle: number
}

/** Lets the default store clean up a file of expired rows, and measures for how long the process stood still at most. */
export async function measureCleanup(folder: string, size: number): Promise<Cleanup> {
  await fill('sqlite:', join(folder, 'old.sqlite'), 'old', size, Date.now() - hour)
  const first = await openStore(`sqlite:${folder}`, folder, 'first') // loads what a store needs
  await first.rows(1)
  await first.close()
  const idle = new Worker(new URL('standstill.mjs', import.meta.url), { execArgv: [] })
  await once(idle, 'message')
  const end = watchLoop()
  await pause(20) // it measures between two ticks
  const started = performance.now()
  const { store, rows, close } = await openStore(`sqlite:${folder}`, folder, 'old')
  while ((await rows(1)).length > 0) await pause(50)
  const seconds = (performance.now() - started) / 1000
  await new Promise<void>((resolve) => store.get('nobody', () => resolve()))
  await close()
  await pause(20)
  const own = end()
  idle.postMessage('end')
  const [other] = (await once(idle, 'message')) as [{ longest: number }]
  await idle.terminate()
  return { size, seconds, ...own, idle: other.longest }
}

/** What is printed of it, in both languages. */
export function tellCleanup({ size, seconds, longest, p99, idle }: Cleanup): string {
  const [rows, took, stood, other] = [
    size.toLocaleString('en'),
    ...[seconds, longest, idle].map((number) => number.toFixed(1)),
  ]
  const verdict = longest <= allowed ? '届いた / met' : '届かない / not met'
  return `
${rows}件の期限切れのレコードの掃除: ${took}秒、その間いちばん長い停止は${stood} ms(p99 ${p99.toFixed(1)} ms)。何もしないスレッドは${other} ms
Cleaning up ${rows} expired rows took ${took} s; the process never stood still for longer than ${stood} ms: ${verdict} (<= ${allowed} ms). A thread that did nothing: ${other} ms`
}
