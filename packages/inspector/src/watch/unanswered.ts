import type { Run } from './running.ts'

const patience = 2_500 // ms: whoever waits longer for the first byte thinks that nothing comes
const shortest = 2_000 // ms that a visitor has waited who gave up
const looks = [1_000, 5_000, 30_000] as const // ms after the visitor gave up: the app may answer yet

/**
 * The exchanges under way, oldest first. Not a Map: each table that it has outgrown leads to the next one, and what was in
 * one of them lives until the next full collection.
 */
const underWay: Run[] = []
/** One for all of them: a timer for each request would cost more than all that is asked here. */
let isTimed = false

/**
 * Notes when nothing at all of a response has left for seconds, though the whole request is there. An app that listens
 * for the end of the connection waits for something on purpose (a long poll): that is not noted.
 */
export function followUnanswered(run: Run): void {
  run.listeners = run.response.listenerCount('close')
  underWay.push(run)
  if (!isTimed) lookIn(patience)
}

function lookIn(ms: number) {
  isTimed = true
  setTimeout(lookAtOldest, ms).unref()
}

function lookAtOldest() {
  isTimed = false
  for (let oldest = underWay[0]; oldest; oldest = underWay[0]) {
    const left = oldest.started + patience - performance.now()
    if (left > 0) return lookIn(left)
    underWay.shift()
    note(oldest, oldest.listeners)
  }
}

/** Is to be called once the response is over. */
export function endUnanswered(run: Run): void {
  const place = underWay.indexOf(run)
  if (place >= 0) underWay.splice(place, 1)
  const { exchange, started } = run
  if (exchange.end === 'cut' && performance.now() - started > shortest) note(run, 0)
  forget(run)
  if (exchange.facts?.isUnanswered) for (const wait of looks) setTimeout(forget, wait, run).unref()
}

function note({ exchange, request, response, changed }: Run, own: number) {
  const { facts } = exchange
  const attends = response.listenerCount('close') > own || request.listenerCount('close') > 0
  if (!facts || response.headersSent || response.writableEnded || !request.complete || attends) return
  facts.isUnanswered = true
  changed()
}

function forget({ exchange, response, changed }: Run) {
  const { facts } = exchange
  if (!facts?.isUnanswered || !(response.headersSent || response.writableEnded)) return
  delete facts.isUnanswered
  changed()
}
