import { join } from 'node:path'
import Database from 'libsql'
import { openStore } from '../../stores/open.ts'
import { expect, test } from '../support/fixtures.ts'

const hour = 3_600_000 // ms

/** A file of the default store with so many rows that have expired, and as many that have not. */
function fill(file: string, expired: number, alive: number) {
  const database = new Database(file)
  database.exec('CREATE TABLE sessions (sid PRIMARY KEY, expired, sess)')
  database.exec('BEGIN')
  const insert = database.prepare('INSERT INTO sessions VALUES (?, ?, ?)')
  const data = JSON.stringify({ cookie: { originalMaxAge: hour } })
  for (let n = 0; n < expired; n++) insert.run([`old${n}`, Date.now() - hour, data])
  for (let n = 0; n < alive; n++) insert.run([`new${n}`, Date.now() + hour, data])
  database.exec('COMMIT')
  database.close()
}

test('expired rows are removed a batch at a time: what is asked meanwhile is answered, what is alive stays', async ({
  evidence,
}, testInfo) => {
  const file = testInfo.outputPath('many.sqlite')
  fill(file, 5_000, 10)
  const { store, rows, close } = await openStore(`sqlite:${testInfo.outputPath()}`, '', 'many')
  const left = async () => (await rows(10_000)).length
  const atOnce = await left()
  await evidence.json('rows right after the start', atOnce)
  expect(atOnce).toBeGreaterThan(10)
  expect(atOnce).toBeLessThan(5_010)
  await new Promise((resolve) => store.get('new3', (_error, found) => resolve(found))).then((found) =>
    expect(found).toMatchObject({ cookie: {} }),
  )
  await expect.poll(left).toBe(10)
  await close()
})

test('a session that is extended while the cleanup runs stays', async ({ evidence }, testInfo) => {
  const folder = testInfo.outputPath()
  fill(join(folder, 'extended.sqlite'), 5_000, 0)
  const other = await openStore(`sqlite:${folder}`, '', 'extended')
  // as another process does: it has read the row before it expired, and saves it again
  const session = { cookie: { originalMaxAge: hour, expires: new Date(Date.now() + hour) } }
  const saved = await new Promise((resolve) =>
    other.store.set('old4999', session as never, (error) => resolve(error ?? 'saved')),
  )
  expect(saved).toBe('saved')
  await expect.poll(async () => (await other.rows(10_000)).map(({ sid }) => sid)).toEqual(['old4999'])
  await evidence.row('rows afterwards', await other.rows(10))
  await other.close()
})
