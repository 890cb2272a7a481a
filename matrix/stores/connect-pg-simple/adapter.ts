import connectPgSimple from 'connect-pg-simple'
import type { CreateAdapter } from '#store-contract'
import { postgres, runSql } from '../../servers/postgres.ts'
import { serverFor } from '../../servers/server-for.ts'

export const createAdapter: CreateAdapter = async (location) => {
  const server = await serverFor(location, postgres)
  return {
    ...server,
    async open(session) {
      const PgStore = connectPgSimple(session)
      const store = new PgStore({ conString: server.address, createTableIfMissing: true })
      return { store, close: async () => store.close() }
    },
    // the column takes JSON only
    corrupt: (sid) =>
      runSql(server.address, `UPDATE session SET sess = '"no session"' WHERE sid = $1`, [sid]),
  }
}
