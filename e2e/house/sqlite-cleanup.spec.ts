import { join } from 'node:path'
import Database from 'libsql'
import { openStore } from '../../stores/open.ts'
import { expect, test } from '../support/fixtures.ts'

const hour = 3_600_000 // ms

const sleepsFor = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

/** How many rows there are, as another connection sees it. */
function count(file: string): number {
  const database = new Database(file)
  try {
    return (database.prepare('SELECT count(*) AS n FROM sessions').get([]) as { n: number }).n
  } finally {
    database.close()
  }
}

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

// biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
test('the cleanup needs nothing of the thread that answers: it goes on while that stands still', async ({}, testInfo) => {
  const file = testInfo.outputPath('still.sqlite')
  fill(file, 5_000, 10)
  const { close } = await openStore(`sqlite:${testInfo.outputPath()}`, '', 'still')
  for (let n = 0; n < 500 && count(file) > 10; n++) sleepsFor(10)
  expect(count(file)).toBe(10)
  await close()
})

// biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
test('a store that is closed cleans up no more', async ({}, testInfo) => {
  const file = testInfo.outputPath('closed.sqlite')
  fill(file, 20_000, 10)
  const { close } = await openStore(`sqlite:${testInfo.outputPath()}`, '', 'closed')
  while (count(file) > 19_500) sleepsFor(2) // it is under way
  await close()
  const left = count(file)
  expect(left).toBeGreaterThan(10)
  sleepsFor(50)
  expect(count(file)).toBe(left)
})
