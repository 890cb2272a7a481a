import type { FromReplica, ToReplica } from './messages.ts'

/* One process of several that run the same app; lab/replicas/process.ts starts it and sends what to run. */

process.once('disconnect', () => process.exit()) // the lab has ended

process.once('message', async (message: ToReplica) => {
  if (message.kind !== 'run') return
  const { options } = message
  if (options.tag !== null) await import('#inspector/debug-lines') // before anything loads express-session
  const { serve } = await import('./serve.ts')
  await serve(options, (message: FromReplica) => process.send?.(message))
})
