/*
 * Stores that the contract has to survive. They are loaded by its own processes: nothing of the tests here.
 */
import { MapStore } from '../../apps/store-contract/store/map-store.ts'
import type { CreateAdapter } from '../../packages/store-contract/src/adapter.ts'

export const none: CreateAdapter = async () => ({ open: async () => ({ store: new MapStore() }) })

export const endsProcess: CreateAdapter = async () => ({
  open: async () => ({ store: Object.assign(new MapStore(), { set: () => process.exit(7) }) }),
})

export const leavesError: CreateAdapter = async () => ({
  async open() {
    const store = new MapStore()
    const set = store.set.bind(store)
    return {
      store: Object.assign(store, {
        set(...args: Parameters<typeof set>) {
          set(...args)
          setImmediate(() => {
            throw new Error('out of the blue')
          })
        },
      }),
    }
  },
})

export const cannotBeMade: CreateAdapter = async () => {
  throw new Error('no such server')
}

export const doesNotOpen: CreateAdapter = async () => ({
  open: async () => {
    throw new Error('no such table')
  },
})
