import connectFirebase from 'connect-session-firebase'
import admin from 'firebase-admin'
import type { CreateAdapter } from '#store-contract'
import { emulator } from '../../servers/emulator.ts'
import { serverFor } from '../../servers/server-for.ts'

const secret = 'owner'
const firebase = emulator({
  name: 'firebase-server',
  from: import.meta.url,
  script: 'firebase-server/bin/firebase-server.js',
  args: (port) => `--address 127.0.0.1 --port ${port} --name 127.0.0.1:${port} --secret ${secret}`.split(' '),
  ready: /Listening/,
  of: 'Firebase Realtime Database',
})

const credential = { getAccessToken: async () => ({ access_token: secret, expires_in: 3600 }) }

export const createAdapter: CreateAdapter = async (location) => {
  const { backend: _, ...server } = await serverFor(location, firebase) // it keeps nothing when it stops
  let opened = 0
  return {
    ...server,
    async open(session) {
      const FirebaseStore = connectFirebase(session)
      opened += 1
      const app = admin.initializeApp(
        { credential, databaseURL: `${server.address}?ns=sessions` },
        `app ${opened}`,
      )
      return { store: new FirebaseStore({ database: app.database() }), close: () => app.delete() }
    },
  }
}
