import type { Run } from './running.ts'

const patience = 2_500 // ms: whoever waits longer for the first byte thinks that nothing comes
const shortest = 2_000 // ms that a visitor has waited who gave up
const looks = [1_000, 5_000, 30_000] as const // ms after the visitor gave up: the app may answer yet

/**
 * Notes when nothing at all of a response has left for seconds, though the whole request is there. An app that listens
 * for the end of the connection waits for something on purpose (a long poll): that is not noted.
 */
export function followUnanswered({ exchange, request, response, started, changed }: Run): void {
  const { facts } = exchange
  if (!facts) return
  const note = (own: number) => {
    const attends = [response, request].some((one, index) => one.listenerCount('close') > (index ? 0 : own))
    if (response.headersSent || response.writableEnded || !request.complete || attends) return
    facts.isUnanswered = true
    changed()
  }
  const forget = () => {
    if (!facts.isUnanswered || !(response.headersSent || response.writableEnded)) return
    delete facts.isUnanswered
    changed()
  }
  const timer = setTimeout(() => note(own), patience).unref()
  response.once('close', () => {
    clearTimeout(timer)
    if (exchange.end === 'cut' && performance.now() - started > shortest) note(0)
    forget()
    if (facts.isUnanswered) for (const wait of looks) setTimeout(forget, wait).unref()
  })
  const own = response.listenerCount('close')
}
