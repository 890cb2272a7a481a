import mysql from 'mysql'
import Sequelize from 'sequelize'
import connectSequel from 'sequelstore-connect'
import type { CreateAdapter } from '#store-contract'
import { mariadb } from '../../servers/mariadb.ts'
import { serverFor } from '../../servers/server-for.ts'

export const createAdapter: CreateAdapter = async (location) => {
  process.chdir(location.folder) // it writes sequelstore.index.log wherever it runs
  const server = await serverFor(location, mariadb)
  return {
    ...server,
    async open(session) {
      const database = new Sequelize(server.address, { logging: false })
      const SequelStore = connectSequel(session)
      const store = new SequelStore({ database })
      await store.sync()
      return { store, close: async () => database.close() }
    },
    corrupt: (sid) =>
      new Promise((resolve, reject) => {
        const connection = mysql.createConnection(server.address)
        const done = (error: Error | null) => (error ? reject(error) : resolve())
        connection.query('UPDATE DefaultSessions SET data = ? WHERE sid = ?', ['no session', sid], done)
        connection.end()
      }),
  }
}
