import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../common/places.ts'
import { type Asked, type SideKey, type Told, type Tried, textOfKey } from './outcome.ts'

/** What a child process runs on. */
export interface Ground {
  /** The folders of express-session and of Express; the project's own when left out. */
  session?: string | undefined
  express?: string | undefined
}

/** All sides of all proofs that could be read, with what became of each. */
export interface Outcomes {
  sides: ReadonlyMap<string, TriedSide>
  /** Specs whose apps could not be made, by their paths, with the reason; `''` for the whole release. */
  notLoaded: ReadonlyMap<string, string>
}

export interface TriedSide extends Tried {
  key: SideKey
}

/** What to try; all of it when left out. */
type Wanted = Omit<Asked, 'sides' | 'alone'>

const longestSilence = 180_000 // ms until a child that tells nothing is ended
const preload = pathToFileURL(join(root, 'versions/resolve.mjs')).href // as NODE_OPTIONS takes it, whatever the folder is called

/**
 * Tries proofs and counter-examples on one release. What a release does to its process is its own affair: sides that
 * were under way when a child ended are tried again, one at a time, so that the one which ends it is known.
 */
export async function runRelease(ground: Ground, wanted: Wanted = {}): Promise<Outcomes> {
  const { about, only } = wanted
  const found = new Map<number, Tried>()
  const notLoaded = new Map<string, string>()
  let keys: readonly SideKey[] = []
  let left: Asked['sides'] = 'all'
  for (let alone = false; left === 'all' || left.length > 0; alone = true) {
    const end: Ended = await runChild(ground, { ...wanted, sides: left, alone }, { found, notLoaded })
    if (end.keys.length === 0) {
      notLoaded.set('', end.problem ?? '')
      break
    }
    keys = end.keys
    const isAsked = (key: SideKey) =>
      (!about || key.statements.some((id) => about.includes(id))) && (!only || only.includes(textOfKey(key)))
    const open = () =>
      [...keys.entries()].flatMap(([side, key]) => (!found.has(side) && isAsked(key) ? side : []))
    if (alone) {
      // one that ends between two claims would do so for ever
      const culprits =
        end.underWay.length > 0 ? end.underWay.flatMap((each) => withCounterExample(keys, each)) : open()
      for (const side of culprits) found.set(side, endsProcess(end.problem))
    }
    left = open()
  }
  const sides = keys.flatMap((key, side) => {
    const tried = found.get(side)
    return tried ? [[textOfKey(key), { key, ...tried }] as const] : []
  })
  return { sides: new Map(sides), notLoaded }
}

const endsProcess = (problem = ''): Tried => ({
  outcome: { kind: 'broken', why: 'process-ends', message: problem },
  ...{ hasPage: false, startsProcess: false, isByTranscript: false },
})

/** A claim that ends the process is not tried again for its counter-example. */
const withCounterExample = (keys: readonly SideKey[], side: number) =>
  keys[side]?.role === 'proof' ? [side, side + 1] : [side]

interface Ended {
  keys: readonly SideKey[]
  /** Sides that had begun and were not done. */
  underWay: readonly number[]
  /** Why it ended before it was done: the last thing that it said. */
  problem: string | undefined
}

/** One child process, to its end; what it finds goes to `found`. */
function runChild(
  { session, express }: Ground,
  asked: Asked,
  { found, notLoaded }: { found: Map<number, Tried>; notLoaded: Map<string, string> },
): Promise<Ended> {
  // read by each process of Node.js as it starts, for longer than all the rest; the claims call nobody outside
  const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env
  const child = fork(join(root, 'lab/cli/run.mjs'), ['versions/child.ts'], {
    cwd: root,
    execArgv: ['--import', preload],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: {
      ...environment,
      NODE_ENV: '',
      FORCE_COLOR: '0',
      LAB_PRELOAD: preload,
      ...(session && { LAB_EXPRESS_SESSION: session }),
      ...(express && { LAB_EXPRESS: express }),
    },
  })
  const underWay = new Set<number>()
  let keys: readonly SideKey[] = []
  let isDone = false
  const said = lastWords(child)
  let silence: NodeJS.Timeout | undefined
  const listen = () => {
    clearTimeout(silence)
    silence = setTimeout(() => child.kill('SIGKILL'), longestSilence)
  }
  listen()
  child.on('message', (message: Told) => {
    listen()
    if (message.told === 'sides') keys = message.sides
    else if (message.told === 'begins') {
      underWay.add(message.side)
      found.delete(message.side)
    } else if (message.told === 'does-not-load') notLoaded.set(message.file, message.message)
    else if (message.told === 'done') isDone = true
    else {
      underWay.delete(message.side)
      found.set(message.side, message.tried)
    }
  })
  child.send(asked)
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      clearTimeout(silence)
      const problem = isDone ? undefined : said() || `ended with ${signal ?? code}`
      resolve({ keys, underWay: [...underWay], problem })
    })
  })
}

/** The line of an error in the last that a process wrote. */
function lastWords({ stderr }: ChildProcess) {
  let tail = ''
  stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-4000)
  })
  return () => tail.match(/^\w*(?:Error|Exception).*$/gm)?.at(-1) ?? ''
}
