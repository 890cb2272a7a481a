// Plain JavaScript: runs in this thread and as one of its own.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread, parentPort } from 'node:worker_threads'

/** Begins to watch the event loop of this thread. Ended, it gives for how long it stood still, in ms. */
export function watchLoop() {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  return () => {
    delay.disable()
    return { longest: delay.max / 1e6, p99: delay.percentile(99) / 1e6 }
  }
}

if (!isMainThread) {
  const end = watchLoop()
  parentPort?.postMessage('watching')
  parentPort?.once('message', () => {
    parentPort?.postMessage(end())
  })
}
