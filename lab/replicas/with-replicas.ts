import type { OpenStore } from '../stores/store.ts'
import type { Question } from './messages.ts'
import type { Replicas } from './replicas.ts'

/** A store together with what lies in the processes of `replicas`, which may grow. */
export function withReplicas(store: OpenStore, replicas: readonly Replicas[]): OpenStore {
  const ask = async (question: Question) =>
    (await Promise.all(replicas.map((group) => group.ask(question)))).flat()
  return {
    store: store.store,
    peek: async (sid) => (await store.peek(sid)) ?? (await ask({ what: 'row', sid }))[0],
    rows: async (limit) => [...(await ask({ what: 'rows' })), ...(await store.rows(limit))].slice(0, limit),
    async clear() {
      await Promise.all([store.clear(), ask({ what: 'clear' })])
    },
    async close() {
      await Promise.all(replicas.map((group) => group.close()))
      await store.close()
    },
  }
}
