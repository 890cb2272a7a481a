import cacheManager from 'cache-manager'
import engine from 'cache-manager-memory-store'
import cacheManagerStore from 'express-session-cache-manager'
import type { CreateAdapter } from '#store-contract'

export const createAdapter: CreateAdapter = async () => {
  const cache = cacheManager.caching({ store: engine.default })
  return {
    async open() {
      return { store: new cacheManagerStore.default(cache) }
    },
    // without the option its prefix is this word
    corrupt: (sid) => cache.set(`undefined${sid}`, 'no session', {}),
  }
}
