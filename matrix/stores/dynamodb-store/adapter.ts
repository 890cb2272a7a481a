import aws from 'aws-sdk'
import DynamoDBStore from 'dynamodb-store'
import type { CreateAdapter } from '#store-contract'
import { credentials, dynalite } from '../../servers/dynalite.ts'
import { serverFor } from '../../servers/server-for.ts'

export const createAdapter: CreateAdapter = async (location) => {
  const server = await serverFor(location, dynalite(import.meta.url))
  const dynamoConfig = { ...credentials, region: 'local', endpoint: server.address }
  return {
    ...server,
    open: () =>
      new Promise((resolve, reject) => {
        const store = new DynamoDBStore({ dynamoConfig }, (error?: Error) =>
          error ? reject(error) : resolve({ store }),
        )
      }),
    async corrupt(sid) {
      const client = new aws.DynamoDB.DocumentClient(dynamoConfig)
      const Item = { sessionId: `sess:${sid}`, sess: 'no session', expires: 9_999_999_999 }
      await client.put({ TableName: 'sessions', Item }).promise()
    },
  }
}
