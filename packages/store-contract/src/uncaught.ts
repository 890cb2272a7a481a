/** An error that nobody has caught. */
interface UncaughtError {
  kind: 'uncaught exception' | 'unhandled rejection'
  error: unknown
}

/** In the order in which they came. */
export type Uncaught = readonly UncaughtError[]

/** Collects the errors that nobody catches, and keeps this process alive. In an application any of them would end it. */
export function watchUncaught(): Uncaught {
  const errors: UncaughtError[] = []
  process.on('uncaughtException', (error) => errors.push({ kind: 'uncaught exception', error }))
  process.on('unhandledRejection', (error) => errors.push({ kind: 'unhandled rejection', error }))
  return errors
}
