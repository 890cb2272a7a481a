import { stripVTControlCharacters } from 'node:util'
import { hasBrowser, ofBrowser } from './browser.ts'
import type { Side } from './collect.ts'
import { type Fixtures, NotMade, namesAskedBy, namesNeededBy, runWith } from './fixtures.ts'
import type { Outcome, Task, Tried } from './outcome.ts'
import { type Called, replay, type Script, scriptOf } from './script.ts'
import { sinceBegin, type Traffic, withTraffic } from './traffic.ts'
import { isSame, type Looked, type Transcript, transcriptOf } from './transcript.ts'

const timeLimit = 120_000 // ms: a claim is late on a busy machine, and that is no answer of the release
const pagesTogether = 3

const ofServers = ['redis:', 'postgres:']

/** Why a side cannot be run here at all. */
function lackOf(hasPage: boolean, fixtures: Fixtures): Outcome['why'] {
  if (hasPage && !hasBrowser()) return 'needs-browser'
  if (ofServers.includes(String(fixtures.get('storeUrl')?.given))) return 'needs-server'
  return undefined
}

/**
 * Tries a side. One with a page is first sent as a script, where there is one: the browser is asked only where the
 * release does something that it has not been asked about.
 */
export async function trySide(side: Side, task?: Task): Promise<Tried> {
  const fixtures = side.fixtures()
  const needed = namesNeededBy(side.claim, fixtures)
  const hasPage = ofBrowser.some((name) => needed.has(name))
  const lack = lackOf(hasPage, fixtures)
  const base = { hasPage, startsProcess: false, isByTranscript: false }
  if (lack) return { ...base, outcome: { kind: 'broken', why: lack } }
  if (!hasPage) return { ...base, ...(await run(side, fixtures)) }
  if (!task) return { ...base, ...(await inPage(() => run(side, fixtures))) }
  const transcript = await sent(task.script, side, fixtures)
  const same = transcript && task.known.find((each) => isSame(each.transcript, transcript))
  if (same) return { ...base, outcome: same.outcome, transcript, isByTranscript: true }
  if (task.isTrial) return { ...base, outcome: { kind: 'not-tried' }, ...(transcript && { transcript }) }
  const { outcome, startsProcess } = await inPage(() => run(side, fixtures))
  return { ...base, outcome, startsProcess, ...(transcript && { transcript }) }
}

let underWay = 0
const waiting: (() => void)[] = []
/** Few pages at a time: each has to get its processor. */
async function inPage<T>(work: () => Promise<T>): Promise<T> {
  if (underWay >= pagesTogether) await new Promise<void>((go) => waiting.push(go))
  else underWay++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else underWay--
  }
}

type Values = Readonly<Record<string, unknown>>
type Demo = Looked & { lab: Called }
const demoOf = (values: Values) => values['demo'] as Demo | undefined

type Ran = Pick<Tried, 'outcome' | 'startsProcess' | 'transcript' | 'script'>

/** The claim itself, with its browser where it asks for one. */
async function run({ claim, title }: Side, fixtures: Fixtures): Promise<Ran> {
  const names = [...new Set([...namesAskedBy(claim), ...demoIn(claim, fixtures)])]
  const info = testInfo(title)
  return withTraffic(async (traffic): Promise<Ran> => {
    let transcript: Transcript | undefined
    let script: Script | undefined
    const work = async (values: Values) => {
      try {
        await (claim as (given: Values, info: unknown) => unknown)(watched(values, traffic), info)
      } finally {
        transcript = await transcriptOf(traffic, demoOf(values)).catch(() => undefined)
        script = canBeSent(claim, traffic) ? scriptOf(traffic) : undefined
      }
    }
    const outcome = await outcomeOf(inTime(runWith(work, names, fixtures, info)))
    const { startsProcess } = traffic
    return { outcome, startsProcess, ...(transcript && { transcript }), ...(script && { script }) }
  })
}

const demoIn = (claim: Side['claim'], fixtures: Fixtures) =>
  namesNeededBy(claim, fixtures).has('demo') ? ['demo'] : []

/** What of the lab changes what its app does: a script calls it again. */
const callable = ['setDelay', 'setVariant', 'rotateSecret']
const looking = ['addressOf']

/** The claim's values, in which calls on the lab are kept beside the requests. */
function watched(values: Values, traffic: Traffic): Values {
  const demo = demoOf(values)
  if (!demo) return values
  const lab = new Proxy(demo.lab, {
    get(target, name: string) {
      const value = target[name]
      if (typeof value !== 'function' || looking.includes(name)) return value
      return (...args: unknown[]) => {
        traffic.done.push({ at: sinceBegin(traffic), name, args })
        return value.apply(target, args)
      }
    },
  })
  return { ...values, demo: { ...demo, lab } }
}

/** Debug lines are in no transcript, and what processes do is not seen. */
const canBeSent = (claim: Side['claim'], { done, startsProcess }: Traffic) =>
  !startsProcess && done.every(({ name }) => callable.includes(name)) && !/\bdebug\b/.test(String(claim))

/** Sends a script in place of the claim; undefined where it cannot be sent to the end. */
async function sent(
  script: Script,
  { claim, title }: Side,
  fixtures: Fixtures,
): Promise<Transcript | undefined> {
  const asked = [...namesAskedBy(claim), ...demoIn(claim, fixtures)]
  const isWithoutPage = (name: string) => {
    const fixture = fixtures.get(name)?.given
    return (
      !ofBrowser.includes(name) &&
      (typeof fixture !== 'function' ||
        ofBrowser.every((each) => !namesNeededBy(fixture as Side['claim'], fixtures).has(each)))
    )
  }
  const names = [...new Set(asked)].filter(isWithoutPage)
  return withTraffic(async (traffic) => {
    let transcript: Transcript | undefined
    const work = async (values: Values) => {
      const demo = demoOf(values)
      await replay(script, traffic, demo?.lab ?? {})
      transcript = await transcriptOf(traffic, demo)
    }
    await inTime(runWith(work, names, fixtures, testInfo(title))).catch(() => {})
    return transcript
  })
}

const testInfo = (title: string) => ({
  title,
  attach: async () => {},
  annotations: [],
  skip: () => {},
  setTimeout: () => {},
})

async function outcomeOf(work: Promise<void>): Promise<Outcome> {
  try {
    await work
    return { kind: 'passed' }
  } catch (problem) {
    const message = messageOf(problem)
    if (problem instanceof NotMade) return { kind: 'broken', why: 'app-does-not-start', message }
    return { kind: 'failed', message }
  }
}

/** Without what is another one each time: signed cookie values, sids, dates. */
const aliased = (text: string) =>
  text
    .replace(/s(?:%3A|:)[\w-]{20,}\.[\w%+/-]+/g, 's:<sid>.<signature>')
    .replace(/(?<![\w-])(?:[\w-]{32}|[A-Za-z\d]{24})(?![\w-])/g, '<sid>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<date>')

/** What an error says, in one line. */
export function messageOf(problem: unknown): string {
  const text = stripVTControlCharacters(problem instanceof Error ? problem.message : String(problem))
  const isSilent = text.trim() === '' && problem instanceof Error
  return aliased(isSilent ? problem.name : text)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
}

/** @throws NotMade when it takes too long: the claim was neither kept nor broken */
async function inTime(work: Promise<void>) {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NotMade('', `not done after ${timeLimit / 1000} s`)), timeLimit)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
