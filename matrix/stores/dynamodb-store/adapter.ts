import aws from 'aws-sdk'
import DynamoDBStore from 'dynamodb-store'
import type { CreateSubject } from '../../../contract/subject.ts'
import { credentials, dynalite } from '../../servers/dynalite.ts'
import { serverFor } from '../../servers/server-for.ts'

const createSubject: CreateSubject = async (place) => {
  const server = await serverFor(place, dynalite(import.meta.url))
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
export default createSubject
