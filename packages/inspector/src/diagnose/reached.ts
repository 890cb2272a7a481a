import type { Diagnosed } from './seen.ts'

/** A record without the session() calls that none of its exchanges went through: they are of other apps in this process. */
export function reachedOnly(record: Diagnosed): Diagnosed {
  const reached = new Set<number>()
  return {
    exchanges: record.exchanges,
    outside: record.outside,
    ...(record.passed && { passed: record.passed }),
    sessions() {
      for (const { sessions } of record.exchanges()) for (const number of sessions) reached.add(number)
      return record.sessions().filter(({ number }) => reached.has(number))
    },
  }
}
