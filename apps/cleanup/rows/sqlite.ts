import { setTimeout } from 'node:timers/promises'
import type Database from 'libsql'

// found by an index on `expired`; looked at and removed in one statement, so that nothing comes in between
const removeSome = `
  DELETE FROM sessions WHERE sid IN
    (SELECT sid FROM sessions WHERE expired < ? ORDER BY expired LIMIT 1000)
`

/** The same in a table of connect-sqlite3: removes what has expired, in batches, and gives how many there were. */
export async function removeExpired(database: Database.Database): Promise<number> {
  const statement = database.prepare(removeSome)
  for (let removed = 0; ; ) {
    const { changes } = statement.run(Date.now())
    if (changes === 0) return removed
    removed += changes
    await setTimeout(10) // requests, and other processes, get a turn
  }
}
