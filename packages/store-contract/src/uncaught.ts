/** An error that nobody has caught, and the way in which it came. */
export interface UncaughtError {
  kind: 'uncaught exception' | 'unhandled rejection'
  error: unknown
}

/** In the order in which they came. */
export type Uncaught = readonly UncaughtError[]

/** Takes down what nobody catches in this process and keeps it alive: in an application each of them is its end. */
export function watchUncaught(): Uncaught {
  const errors: UncaughtError[] = []
  process.on('uncaughtException', (error) => errors.push({ kind: 'uncaught exception', error }))
  process.on('unhandledRejection', (error) => errors.push({ kind: 'unhandled rejection', error }))
  return errors
}
