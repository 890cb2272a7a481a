import connectMysql from 'express-mysql-session'
import mysql from 'mysql2/promise'
import type { CreateAdapter } from '#store-contract'
import { mariadb } from '../../servers/mariadb.ts'
import { serverFor } from '../../servers/server-for.ts'

export const createAdapter: CreateAdapter = async (location) => {
  const server = await serverFor(location, mariadb)
  const { hostname: host, port, username: user, password, pathname } = new URL(server.address)
  const options = { host, port: Number(port), user, password, database: pathname.slice(1) }
  return {
    ...server,
    async open(session) {
      const MySQLStore = connectMysql(session)
      const store = new MySQLStore(options)
      await store.onReady()
      return { store, close: () => store.close() }
    },
    async corrupt(sid) {
      const connection = await mysql.createConnection(options)
      await connection.query('UPDATE sessions SET data = ? WHERE session_id = ?', ['no session', sid])
      await connection.end()
    },
  }
}
