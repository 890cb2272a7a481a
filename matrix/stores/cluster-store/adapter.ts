import { create } from 'cluster-store'
import type { CreateAdapter } from '#store-contract'

export const createAdapter: CreateAdapter = async () => ({
  async open() {
    return { store: await create() }
  },
})
