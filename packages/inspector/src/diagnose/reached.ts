import type { Recording } from '../recorder.ts'

type Diagnosed = Pick<Recording, 'exchanges' | 'outside' | 'sessions'>

/** A record without the session() calls that none of its exchanges went through: they are of other apps in this process. */
export function reachedOnly(record: Diagnosed): Diagnosed {
  const reached = new Set<number>()
  return {
    exchanges: record.exchanges,
    outside: record.outside,
    sessions() {
      for (const { sessions } of record.exchanges()) for (const number of sessions) reached.add(number)
      return record.sessions().filter(({ number }) => reached.has(number))
    },
  }
}
