import { create } from 'cluster-store'
import type { CreateSubject } from '../../../contract/subject.ts'

const createSubject: CreateSubject = async () => ({
  async open() {
    return { store: await create() }
  },
})
export default createSubject
