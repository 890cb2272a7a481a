import { setTimeout as pause } from 'node:timers/promises'
import session from 'express-session'
import type { Opened } from '../adapter.ts'
import { ask, callsOf, describe, isFine, type Reply } from '../calls.ts'
import { type Claim, cannotTell, type Finding, no, notOffered } from '../claim.ts'
import { sessionOf } from '../context.ts'
import { openProxy, type ServerProxy } from '../proxy.ts'
import { allRefused, callAll } from './all-calls.ts'

const backLimit = 10_000 // ms until a store whose server answers again is to be there again

/** A server that is there and says nothing: the requests of visitors must not wait as long as it does. */
export const hangClaims: readonly Claim[] = [
  {
    id: 'failure.hangs',
    title: {
      ja: 'サーバーがつながったまま答えないと、5秒以内にコールバックのエラーになる。また答えれば、動き出す',
      en: 'with a server that keeps the connection and says nothing, each call is an error by callback within 5 s; when it answers again, the store works again',
    },
    kind: 'promise',
    async check({ adapter, at }) {
      if (adapter.address === undefined)
        return adapter.backend
          ? cannotTell(noWay)
          : notOffered({ ja: 'サーバーを使わない', en: 'it uses no server' })
      const proxy = await openProxy(adapter.address)
      if (!proxy || !at) return cannotTell(noWay)
      try {
        const opened = await (await at(proxy.address)).open(session)
        try {
          return await hanging(opened, proxy)
        } finally {
          await opened.close?.()
        }
      } finally {
        proxy.close()
      }
    },
  },
]

const noWay = { ja: 'サーバーを黙らせる手段がない', en: 'there is no way to silence the server' }

async function hanging({ store }: Opened, proxy: ServerProxy): Promise<Finding> {
  await callsOf(store).set('failure-hangs', sessionOf({ n: 1 }))
  proxy.hang()
  const found = allRefused(await callAll(store, 'failure-hangs').finally(proxy.resume))
  if (found.answer !== 'yes') return found
  const end = Date.now() + backLimit
  let last: Reply
  do {
    last = await ask(store, 'set', ['failure-hangs-after', sessionOf({ n: 2 })], 1_000)
    if (isFine(last)) return found
    await pause(100)
  } while (Date.now() < end)
  const seconds = backLimit / 1000
  return no(
    {
      ja: `サーバーがまた答えても、${seconds}秒たっても動かない`,
      en: `with the server answering again, it does not work within ${seconds} s`,
    },
    { 'the last set': describe(last) },
  )
}
