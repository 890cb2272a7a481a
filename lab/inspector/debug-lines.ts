import { createRequire } from 'node:module'
import { format } from 'node:util'
import { noteDebugLine } from './recorder.ts'

/** The parts of `debug` (2.x) that are its documented way of sending the lines elsewhere. */
interface Debug {
  enable(namespaces: string): void
  enabled(namespace: string): boolean
  log(this: { namespace: string }, ...args: unknown[]): void
  formatArgs(this: { namespace: string }, args: unknown[]): void
}

const namespace = 'express-session'
const require = createRequire(import.meta.url)
const debug: Debug = createRequire(require.resolve('express-session'))('debug')

/*
 * Switches express-session's own debug lines on and keeps them with the request that caused them.
 * They have to be switched on before express-session is loaded: import this module first.
 * Who started the server with DEBUG=express-session goes on seeing them in the terminal.
 */
if (require.cache[require.resolve('express-session')]?.loaded) {
  console.warn(
    'express-sessionが先に読み込まれたので、そのデバッグ行は観察に出ません。観察の方を先にimportしてください。\n' +
      'express-session was loaded first: its debug lines will not be seen. Import the inspector before it.',
  )
}
const wanted = process.env['DEBUG']
const isWanted = debug.enabled(namespace)
debug.enable(wanted ? `${wanted},${namespace}` : namespace)
if (wanted === undefined) delete process.env['DEBUG']
else process.env['DEBUG'] = wanted

const { log, formatArgs } = debug
debug.formatArgs = function (args) {
  if (this.namespace === namespace) noteDebugLine(format(...args))
  if (this.namespace !== namespace || isWanted) formatArgs.call(this, args)
}
debug.log = function (...args) {
  if (this.namespace !== namespace || isWanted) log.apply(this, args)
}
