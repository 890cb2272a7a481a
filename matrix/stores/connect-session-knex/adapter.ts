import { ConnectSessionKnexStore } from 'connect-session-knex'
import knexConstructor from 'knex'
import type { CreateAdapter } from '#store-contract'
import { postgres, runSql } from '../../servers/postgres.ts'
import { serverFor } from '../../servers/server-for.ts'

export const createAdapter: CreateAdapter = async (location) => {
  const server = await serverFor(location, postgres)
  return {
    ...server,
    async open() {
      const knex = knexConstructor({ client: 'pg', connection: server.address })
      return { store: new ConnectSessionKnexStore({ knex }), close: () => knex.destroy() }
    },
    // the column takes JSON only
    corrupt: (sid) =>
      runSql(server.address, `UPDATE sessions SET sess = '"no session"' WHERE sid = $1`, [sid]),
  }
}
