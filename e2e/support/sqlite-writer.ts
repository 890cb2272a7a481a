/* Another process on the file of a store: as many counters as there are arguments, counted up at the same time. */
import session, { type SessionData } from 'express-session'
import { openStore } from '../../stores/open.ts'

const [folder = '', name = '', times = '', ...sids] = process.argv.slice(2)
const { store } = await openStore(`sqlite:${folder}`, folder, name)

const set = (sid: string, count: number) =>
  new Promise<void>((resolve, reject) => {
    const data = { cookie: new session.Cookie(), count } as unknown as SessionData
    store.set(sid, data, (error) => (error ? reject(error) : resolve()))
  })
const get = (sid: string) =>
  new Promise<number>((resolve, reject) =>
    store.get(sid, (error, found) =>
      error ? reject(error) : resolve((found as { count?: number } | null)?.count ?? 0),
    ),
  )

/** Gives the ms that the slowest took. */
async function count(sid: string): Promise<number> {
  let slowest = 0
  for (let n = 0; n < Number(times); n++) {
    const begin = performance.now()
    await set(sid, (await get(sid)) + 1)
    slowest = Math.max(slowest, performance.now() - begin)
  }
  return slowest
}

process.stdout.write(`${Math.round(Math.max(...(await Promise.all(sids.map(count)))))}`) // console.log would colour a number
