// Preloaded with --import: whoever asks for express-session or express, by require or import, gets the copy that the
// environment names. Plain JavaScript, because it runs before anything could be compiled.
import Module from 'node:module'
import { pathToFileURL } from 'node:url'
import { isMainThread } from 'node:worker_threads'

/** Folders of packages, by the names under which they are asked for. @type {ReadonlyMap<string, string | undefined>} */
const folders = new Map([
  ['express-session', process.env['LAB_EXPRESS_SESSION']],
  ['express', process.env['LAB_EXPRESS']],
])

/** Code only: a README is read as the documentation that it is. @param {string} asked as `express-session` */
const placeOf = (asked) => folders.get(asked)

/** Node's hook for `import`, run in a thread of its own. @type {import('node:module').ResolveHook} */
export function resolve(asked, context, next) {
  const place = placeOf(asked)
  return place ? next(pathToFileURL(require.resolve(place)).href, context) : next(asked, context)
}

const require = Module.createRequire(import.meta.url)

if (isMainThread) {
  const modules = /** @type {{ _resolveFilename(asked: string, ...rest: unknown[]): string }} */ (
    /** @type {unknown} */ (Module)
  )
  const find = modules._resolveFilename
  modules._resolveFilename = function (asked, ...rest) {
    return find.call(this, placeOf(asked) ?? asked, ...rest)
  }
  // Node 26 says that this is deprecated, and a claim looks at all that a process says
  const { noDeprecation = false } = process
  process.noDeprecation = true
  Module.register(import.meta.url)
  process.noDeprecation = noDeprecation
}
