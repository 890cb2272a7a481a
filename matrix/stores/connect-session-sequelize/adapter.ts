import connectSequelize from 'connect-session-sequelize'
import { Sequelize } from 'sequelize'
import type { CreateAdapter } from '#store-contract'
import { postgres, runSql } from '../../servers/postgres.ts'
import { serverFor } from '../../servers/server-for.ts'

export const createAdapter: CreateAdapter = async (location) => {
  const server = await serverFor(location, postgres)
  return {
    ...server,
    async open(session) {
      const db = new Sequelize(server.address, { logging: false })
      const SequelizeStore = connectSequelize(session.Store)
      const store = new SequelizeStore({ db })
      await store.sync()
      return { store, close: () => db.close() }
    },
    corrupt: (sid) =>
      runSql(server.address, 'UPDATE "Sessions" SET data = $2 WHERE sid = $1', [sid, 'no session']),
  }
}
