import createMemoryStore from 'memorystore'
import type { CreateSubject } from '../../../contract/subject.ts'

const createSubject: CreateSubject = async () => ({
  async open(session) {
    const MemoryStore = createMemoryStore(session)
    const store = new MemoryStore({ checkPeriod: 86_400_000 })
    return { store, close: async () => store.stopInterval() }
  },
})
export default createSubject
