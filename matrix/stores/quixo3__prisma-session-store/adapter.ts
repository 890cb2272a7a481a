import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaSessionStore } from '@quixo3/prisma-session-store'
import type { CreateAdapter } from '#store-contract'
import { postgres, runSql } from '../../servers/postgres.ts'
import { serverFor } from '../../servers/server-for.ts'

const require = createRequire(import.meta.url)

/** As `npx prisma generate` does. Only migrations need the engine, which it would fetch from elsewhere. */
function generateClient() {
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath }
  const args = [require.resolve('prisma/build/index.js'), 'generate', '--no-hints']
  execFileSync(process.execPath, args, { cwd: import.meta.dirname, env, stdio: 'pipe' })
}

const table = `CREATE TABLE IF NOT EXISTS "Session"
  (id TEXT PRIMARY KEY, sid TEXT UNIQUE NOT NULL, data TEXT NOT NULL, "expiresAt" TIMESTAMP(3) NOT NULL)`

export const createAdapter: CreateAdapter = async (location) => {
  const server = await serverFor(location, postgres)
  if (location.address === undefined) {
    generateClient()
    await runSql(server.address, table, [])
  }
  const { PrismaClient } = require('@prisma/client')
  return {
    ...server,
    async open() {
      const adapter = new PrismaPg({ connectionString: server.address })
      const prisma = new PrismaClient({ adapter })
      const options = { checkPeriod: 120_000, dbRecordIdIsSessionId: true, dbRecordIdFunction: undefined }
      const store = new PrismaSessionStore(prisma, options as never) // its types want undefined left out
      return { store, close: () => store.shutdown() }
    },
    corrupt: (sid) =>
      runSql(server.address, 'UPDATE "Session" SET data = $2 WHERE sid = $1', [sid, 'no session']),
  }
}
