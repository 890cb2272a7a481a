import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import connectDynamodb from 'connect-dynamodb'
import type { CreateAdapter } from '#store-contract'
import { credentials, dynalite } from '../../servers/dynalite.ts'
import { serverFor } from '../../servers/server-for.ts'

export const createAdapter: CreateAdapter = async (location) => {
  const server = await serverFor(location, dynalite(import.meta.url))
  const newClient = () => new DynamoDBClient({ endpoint: server.address, region: 'local', credentials })
  return {
    ...server,
    async open(session) {
      const DynamoDBStore = connectDynamodb(session)
      const client = newClient()
      const store = new DynamoDBStore({ client })
      await store.initialize()
      return { store, close: async () => client.destroy() }
    },
    async corrupt(sid) {
      const client = newClient()
      const Item = { id: { S: `sess:${sid}` }, sess: { S: 'no session' }, expires: { N: '9999999999' } }
      await client.send(new PutItemCommand({ TableName: 'sessions', Item }))
      client.destroy()
    },
  }
}
