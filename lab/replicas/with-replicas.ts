import type { OpenStore } from '../../stores/store.ts'
import type { Fleet } from './fleet.ts'

/** A store together with the rows that lie in the memory of the processes. */
export const withReplicas = (store: OpenStore, { ask }: Pick<Fleet, 'ask'>): OpenStore => ({
  ...store,
  peek: async (sid) => (await store.peek(sid)) ?? (await ask({ what: 'row', sid }))[0],
  rows: async (limit) => [...(await ask({ what: 'rows' })), ...(await store.rows(limit))].slice(0, limit),
  async clear() {
    await Promise.all([store.clear(), ask({ what: 'clear' })])
  },
})
