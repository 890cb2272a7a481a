import { IncomingMessage } from 'node:http'
import { runOf, setRun } from './run-of.ts'
import { insideStore, type Run, running, type Unrecorded } from './running.ts'

let isHooked = false

/**
 * What listens to a request runs as part of its exchange. A body that comes late is read where Node's parser is, and that
 * belongs to nobody: with it, all that a body parser is followed by would.
 */
export function followRequest(request: IncomingMessage, run: Run | Unrecorded): void {
  setRun(request, run)
  if (isHooked) return
  isHooked = true
  const prototype = IncomingMessage.prototype as IncomingMessage & {
    emit(this: IncomingMessage, ...args: unknown[]): boolean
  }
  const { emit } = prototype
  Object.defineProperty(prototype, 'emit', {
    value: function (this: IncomingMessage, ...args: unknown[]): boolean {
      const own = runOf(this)
      const current = own && running.getStore()
      return !own || own === current || current === insideStore
        ? Reflect.apply(emit, this, args)
        : running.run(own, Reflect.apply, emit, this, args)
    },
    configurable: true,
    writable: true,
  })
}
