import type { FromReplica, ToReplica } from './messages.ts'

/* One process of several that run the same app; lab/replicas/process.ts starts it and tells it what to run. */

process.once('disconnect', () => process.exit()) // whoever started it has ended

process.once('message', async (message: ToReplica) => {
  if (message.kind !== 'run') return
  const { options } = message
  if (options.tag !== null) await import('../inspector/debug-lines.ts') // before anything loads express-session
  const { serve } = await import('./serve.ts')
  await serve(options, (told: FromReplica) => process.send?.(told))
})
