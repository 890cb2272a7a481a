import pg from 'pg'
import { postgresProgram, startPostgres } from '../../stores/servers/postgres.ts'
import { type Kind, versionOf } from './server-for.ts'

export const postgres: Kind = {
  start: startPostgres,
  version: () => versionOf('PostgreSQL', postgresProgram()),
}

/** Runs one statement. */
export async function runSql(address: string, sql: string, values: readonly unknown[]): Promise<void> {
  const client = new pg.Client(address)
  await client.connect()
  await client.query(sql, [...values])
  await client.end()
}
