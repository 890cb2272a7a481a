import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { CyclicSessionStore } from '@cyclic.sh/session-store'
import type { CreateAdapter } from '#store-contract'
import { credentials, dynalite } from '../../servers/dynalite.ts'
import { serverFor } from '../../servers/server-for.ts'

const name = 'cyclic'
const keys = ['pk', 'sk'] as const // what a table of that service has

export const createAdapter: CreateAdapter = async (location) => {
  const server = await serverFor(location, dynalite(import.meta.url))
  const newClient = () => new DynamoDBClient({ endpoint: server.address, region: 'local', credentials })
  if (location.address === undefined) await newClient().send(createTable)
  return {
    ...server,
    async open() {
      const client = newClient()
      const store = new CyclicSessionStore({ table: { name } })
      // it makes a client of its own, which knows the address of Amazon only
      const { marshallOptions, unmarshallOptions } = store.documentClient.config.translateConfig
      store.documentClient = DynamoDBDocumentClient.from(client, { marshallOptions, unmarshallOptions })
      return { store, close: async () => client.destroy() }
    },
    async corrupt(sid) {
      const id = `session-store#${sid}`
      const Item = { pk: id, sk: id, sess: 'no session', expires: 9_999_999_999 }
      const put = new PutCommand({ TableName: name, Item })
      await DynamoDBDocumentClient.from(newClient()).send(put as never) // the types of two versions meet
    },
  }
}

const createTable = new CreateTableCommand({
  TableName: name,
  KeySchema: [
    { AttributeName: keys[0], KeyType: 'HASH' },
    { AttributeName: keys[1], KeyType: 'RANGE' },
  ],
  AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  BillingMode: 'PAY_PER_REQUEST',
})
