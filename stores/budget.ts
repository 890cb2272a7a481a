import { AsyncLocalStorage } from 'node:async_hooks'

/** What the store calls of one request have taken so far, in ms. */
interface Spent {
  ms: number
}

const requests = new AsyncLocalStorage<Spent>()
const least = 0.1 // of the limit for each call: those before may have taken long because this process was busy

/** Runs what serves one request: its store calls share one time limit. Outside of it each call has one of its own. */
export const asOneRequest = (serve: () => void): void => requests.run({ ms: 0 }, serve)

/** Begins a store call. `left`: ms of `limit` that it may take, 0 after a call that was not answered. */
export function beginCall(limit: number) {
  const spent = requests.getStore() ?? { ms: 0 }
  const [before, begun] = [spent.ms, performance.now()]
  return {
    left: before === Infinity ? 0 : Math.max(limit - before, limit * least),
    /** It has been answered. Calls side by side take their time together. */
    end() {
      spent.ms = Math.max(spent.ms, before + performance.now() - begun)
    },
    /** It has not been answered in time. */
    fail() {
      spent.ms = Infinity
    },
  }
}
