import createMemoryStore from 'memorystore'
import type { CreateAdapter } from '#store-contract'

export const createAdapter: CreateAdapter = async () => ({
  async open(session) {
    const MemoryStore = createMemoryStore(session)
    const store = new MemoryStore({ checkPeriod: 86_400_000 })
    return { store, close: async () => store.stopInterval() }
  },
})
