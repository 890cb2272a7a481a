import { promisify } from 'node:util'
import connectAzureTables from 'connect-azuretables'
import type { CreateAdapter } from '#store-contract'
import { emulator } from '../../servers/emulator.ts'
import { serverFor } from '../../servers/server-for.ts'

const account = 'sessions'
const key = Buffer.from('anything').toString('base64')

const azurite = emulator({
  name: 'azurite',
  from: import.meta.url,
  script: 'azurite/dist/src/table/main.js',
  args: (port) =>
    `--tableHost 127.0.0.1 --tablePort ${port} --disableTelemetry --skipApiVersionCheck`.split(' '),
  ready: /successfully (started|listens)/,
  signal: 'SIGINT',
  of: 'Azure Table Storage',
})

export const createAdapter: CreateAdapter = async (location) => {
  process.env['AZURITE_ACCOUNTS'] = `${account}:${key}`
  const server = await serverFor(location, azurite)
  process.env['AZURE_STORAGE_CONNECTION_STRING'] =
    `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};TableEndpoint=${server.address}/${account};`
  let write: (entity: object) => Promise<void>
  return {
    ...server,
    async open(session) {
      const store = connectAzureTables(session).create({})
      const { tableService, table } = store
      await promisify(tableService.createTableIfNotExists.bind(tableService))(table) // as it does itself, and waits not
      write = promisify(tableService.insertOrReplaceEntity.bind(tableService, table))
      return { store }
    },
    corrupt(sid) {
      const key = { _: sid.replace(/[^0-9A-Za-z]/g, '') } // as it names the row of a sid
      return write({ PartitionKey: key, RowKey: key, data: { _: 'no session' } })
    },
  }
}
