import { fileURLToPath } from 'node:url'
import connectRest from 'restsession'
import type { CreateAdapter } from '#store-contract'
import { emulator } from '../../servers/emulator.ts'
import { serverFor } from '../../servers/server-for.ts'

const api = emulator({
  name: 'restsession',
  from: import.meta.url,
  script: fileURLToPath(new URL('api.mjs', import.meta.url)),
  args: (port) => [`${port}`],
  ready: /listening/,
  of: 'REST',
})

export const createAdapter: CreateAdapter = async (location) => {
  const server = await serverFor(location, {
    ...api,
    version: () => 'restsession/api.mjs (a small REST API, made for this)',
  })
  return {
    ...server,
    async open(session) {
      const RestStore = connectRest(session)
      return { store: new RestStore(server.address) }
    },
    async corrupt(sid) {
      const headers = { 'content-type': 'application/json' }
      await fetch(`${server.address}/${sid}`, { method: 'POST', headers, body: '"no session"' })
    },
  }
}
