import { TypeormStore } from 'connect-typeorm'
import { DataSource, EntitySchema } from 'typeorm'
import type { CreateAdapter } from '#store-contract'
import { postgres, runSql } from '../../servers/postgres.ts'
import { serverFor } from '../../servers/server-for.ts'

// the entity of the documentation, without decorators
const Session = new EntitySchema({
  name: 'session',
  columns: {
    id: { type: 'varchar', length: 255, primary: true },
    expiredAt: { type: 'bigint' },
    json: { type: 'text' },
    destroyedAt: { type: 'timestamp', nullable: true, deleteDate: true },
  },
  indices: [{ columns: ['expiredAt'] }],
})

export const createAdapter: CreateAdapter = async (location) => {
  const server = await serverFor(location, postgres)
  return {
    ...server,
    async open() {
      const source = new DataSource({
        type: 'postgres',
        url: server.address,
        entities: [Session],
        synchronize: true,
      })
      await source.initialize()
      const store = new TypeormStore().connect(source.getRepository(Session) as never)
      return { store, close: () => source.destroy() }
    },
    corrupt: (sid) =>
      runSql(server.address, 'UPDATE session SET json = $2 WHERE id = $1', [sid, 'no session']),
  }
}
