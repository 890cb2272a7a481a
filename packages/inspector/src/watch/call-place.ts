import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the app is, in a stack: the first line that is neither Node's, nor a package's, nor ours. */
export function placeInApp(stack: string, cwd: string = process.cwd()): string | undefined {
  for (const line of stack.split('\n').slice(1)) {
    const [, file = '', at] = /(?:\(|at )((?:file:\/\/|\/|[A-Za-z]:\\).*?):(\d+):\d+\)?$/.exec(line) ?? []
    if (file === '' || /[\\/]node_modules[\\/]/.test(file) || isOurs(file)) continue
    return `${relative(cwd, file.startsWith('file:') ? fileURLToPath(file) : file)}:${at}`
  }
  return undefined
}

const isOurs = (file: string) => file === here || /[\\/]packages[\\/]inspector[\\/]src[\\/]/.test(file)
const here = import.meta.url.startsWith('file:') ? fileURLToPath(import.meta.url) : import.meta.url
