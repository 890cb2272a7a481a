import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reporter, TestCase, TestResult } from 'playwright/types/testReporter'

interface Cost {
  tests: number
  /** ms of CPU: the worker, its browser and every process that its tests started. */
  cpu: number
  /** ms from the start of each test to its end, summed. */
  duration: number
}

/**
 * `npm test -- --cost`: what each spec costs, dearest first, and which tests are the dearest. The next one who adds a test sees its price.
 * CPU is read from `/proc`, for the worker and all processes below it: one worker runs one test at a time.
 */
export default class CostReporter implements Reporter {
  readonly #costs = new Map<string, Cost>()
  readonly #tests: { title: string; cpu: number }[] = []
  readonly #began = new Map<string, number>()
  readonly #started = performance.now()

  onTestBegin(test: TestCase, { workerIndex }: TestResult) {
    this.#began.set(test.id, cpuOf(workerIndex))
  }

  onTestEnd(test: TestCase, { workerIndex, duration }: TestResult) {
    const [, , spec = ''] = test.titlePath()
    const cost = this.#costs.get(spec) ?? { tests: 0, cpu: 0, duration: 0 }
    const spent = cpuOf(workerIndex) - (this.#began.get(test.id) ?? 0)
    this.#tests.push({ title: test.titlePath().slice(2).join(' › '), cpu: spent })
    this.#costs.set(spec, {
      tests: cost.tests + 1,
      cpu: cost.cpu + Math.max(0, spent),
      duration: cost.duration + duration,
    })
  }

  onExit() {
    const rows = [...this.#costs].sort(([, one], [, other]) => other.cpu - one.cpu)
    const sum = (key: keyof Cost) => rows.reduce((total, [, cost]) => total + cost[key], 0)
    const line = (cpu: number, each: number, duration: number, tests: number, name: string) =>
      `${seconds(cpu)}  ${each.toFixed(0).padStart(8)}  ${seconds(duration)}  ${String(tests).padStart(5)}  ${name}`
    console.log('\n   CPU s   ms/test      wall  tests  spec')
    for (const [spec, { cpu, duration, tests }] of rows)
      console.log(line(cpu, cpu / tests, duration, tests, spec))
    console.log(line(sum('cpu'), sum('cpu') / sum('tests'), sum('duration'), sum('tests'), 'all specs'))
    console.log('\n   CPU s  the dearest tests')
    for (const { title, cpu } of this.#tests.sort((one, other) => other.cpu - one.cpu).slice(0, 30))
      console.log(`${seconds(cpu)}  ${title}`)
    console.log(`\n${seconds(performance.now() - this.#started)} s from start to end`)
    return Promise.resolve()
  }
}

const seconds = (ms: number) => (ms / 1000).toFixed(1).padStart(8)

interface Process {
  pid: number
  parent: number
  /** ms of CPU, with that of its children that have ended. */
  cpu: number
}

const folder = process.env['LAB_COST'] ?? ''

/** A worker leaves its pid where the reporter, in another process, finds it. */
export function leavePid(): void {
  const index = process.env['TEST_WORKER_INDEX']
  if (folder && index) writeFileSync(join(folder, index), String(process.pid))
}

function cpuOf(workerIndex: number): number {
  try {
    return cpuOfTree(readProcesses(), Number(readFileSync(join(folder, String(workerIndex)), 'utf8')))
  } catch {
    return 0 // the worker has only been started
  }
}

const tick = 10 // ms: the unit of /proc/<pid>/stat (USER_HZ is 100)

/** All processes of this machine; a field of `stat` is named in proc(5). */
function readProcesses(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        const [, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        const spent = rest.slice(9, 13).reduce((total, ticks) => total + Number(ticks), 0)
        return [{ pid: Number(pid), parent: Number(parent), cpu: spent * tick }]
      } catch {
        return [] // ended meanwhile
      }
    })
}

function cpuOfTree(processes: readonly Process[], root: number): number {
  const below = processes.filter(({ parent }) => parent === root)
  const own = processes.find(({ pid }) => pid === root)?.cpu ?? 0
  return below.reduce((total, { pid }) => total + cpuOfTree(processes, pid), own)
}
