/*
 * For every claim of the contract a store that is right but for this: MapStore with one thing changed. Without them
 * nobody would know that the contract can say no.
 */
import { writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import type { SessionData } from 'express-session'
import { MapStore } from '../../apps/store-contract/store/map-store.ts'
import type { Adapter, CreateAdapter } from '../../packages/store-contract/src/adapter.ts'
import { callsOf } from '../../packages/store-contract/src/calls.ts'
import { type Elsewhere, sessionOf } from '../../packages/store-contract/src/context.ts'

type Answer = (error: unknown, result?: unknown) => void
type Session = SessionData & Record<string, unknown>
/** The methods that take the place of the right ones, which are in `right`. */
type Change = (right: MapStore) => object

const broken =
  (change: Change, parts: (store: MapStore) => Partial<Adapter> = () => ({})): CreateAdapter =>
  async () => {
    const right = new MapStore()
    const store = Object.assign(new MapStore(right.rows), change(right)) as MapStore
    return { open: async () => ({ store, close: async () => {} }), ...parts(store) }
  }

/** Sessions come back changed. */
const changed = (change: (session: Session) => unknown) =>
  broken((right) => ({
    get: (sid: string, answer: Answer) =>
      right.get(sid, (error, session) => answer(error, session && change(session as Session))),
  }))

/** Sids are mapped to the same name. */
const named = (nameOf: (sid: string) => string) =>
  broken((right) => ({
    get: (sid: string, answer: Answer) => right.get(nameOf(sid), answer),
    set: (sid: string, session: SessionData, answer: Answer) => right.set(nameOf(sid), session, answer),
    destroy: (sid: string, answer: Answer) => right.destroy(nameOf(sid), answer),
  }))

const touchedBy = (touch: (right: MapStore, sid: string, session: SessionData, answer: Answer) => void) =>
  broken((right) => ({
    touch: (sid: string, session: SessionData, answer: Answer) => touch(right, sid, session, answer),
  }))

/** touch as get and set: what happens in between is undone. */
const readsAndWrites = touchedBy((right, sid, { cookie }, answer) =>
  right.get(sid, (error, session) => {
    if (!session) return answer(error)
    setTimeout(() => right.set(sid, { ...session, cookie }, answer), 2)
  }),
)

/** touch as that of connect-redis: it extends the row, and the cookie inside stays as it was set. */
const extendsRowOnly = touchedBy((right, sid, { cookie }, answer) => {
  const row = right.rows.get(sid)
  if (row && Date.now() < row.expires) row.expires = Number(cookie.expires)
  answer(null)
})

const sets = touchedBy((right, sid, session, answer) => right.set(sid, session, answer))

/** A server that is away without anybody noticing: nothing fails, nothing is kept. */
const away = (whileAway: (answer: Answer) => void, afterwards: boolean): CreateAdapter => {
  let isAway = false
  return broken(
    (right) => ({
      get: (sid: string, answer: Answer) => (isAway ? whileAway(answer) : right.get(sid, answer)),
      set: (sid: string, session: SessionData, answer: Answer) =>
        isAway ? whileAway(answer) : right.set(sid, session, answer),
    }),
    () => ({
      backend: {
        async stop() {
          isAway = true
        },
        async start() {
          isAway = afterwards
        },
      },
    }),
  )
}

/** Once it has been busy, it acknowledges what only it sees. */
const staysBusy: CreateAdapter = (location) => {
  let [isLocked, isStuck] = [false, false]
  const unseen = new MapStore()
  const create = broken(
    (right) => ({
      get: (sid: string, answer: Answer) => (unseen.rows.has(sid) ? unseen : right).get(sid, answer),
      set(sid: string, session: SessionData, answer: Answer) {
        isStuck ||= isLocked
        if (isLocked) answer(new Error('busy'))
        else (isStuck ? unseen : right).set(sid, session, answer)
      },
    }),
    ({ rows }) => ({
      another: async () => ({
        row: async (sid) => rows.get(sid)?.data ?? null,
        async lock() {
          isLocked = true
          return async () => {
            isLocked = false
          }
        },
        close: async () => {},
      }),
    }),
  )
  return create(location)
}

/** Asks its server before each call, and waits for as long as that takes to say anything. */
const waitsForServer: CreateAdapter = async ({ address }) => {
  const server = createServer((socket) => socket.pipe(socket).on('error', () => {}))
  if (address === undefined) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const own = `127.0.0.1:${(server.address() as AddressInfo | null)?.port}`
  const port = Number((address ?? own).split(':')[1])
  const afterServer =
    (method: 'get' | 'set' | 'touch' | 'destroy', right: MapStore) =>
    (...args: unknown[]) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('?'))
      socket.on('error', () => {})
      socket.once('data', () => {
        socket.destroy()
        Reflect.apply(right[method], right, args)
      })
    }
  const create = broken(
    (right) => ({
      get: afterServer('get', right),
      set: afterServer('set', right),
      touch: afterServer('touch', right),
      destroy: afterServer('destroy', right),
    }),
    () => ({ address: address ?? own, end: async () => void server.close() }),
  )
  return create({ folder: '' })
}

/** Another process, whose rows are its own. */
export function strangerProcess(): Elsewhere {
  const { get, set, destroy } = callsOf(new MapStore())
  return {
    get: async (sid) => ((await get(sid))?.['n'] as number | undefined) ?? null,
    set: (sid, n) => set(sid, sessionOf({ n })),
    destroy,
    end: async () => true,
    kill() {},
  }
}

/** By the id of the claim; for some there is more than one way to break it. */
export const faultyStores: Readonly<Record<string, readonly CreateAdapter[]>> = Object.fromEntries(
  Object.entries<CreateAdapter | readonly CreateAdapter[]>({
    'shape.store': broken(() => ({ regenerate: undefined })),
    'shape.session': changed((session) => ({ ...session, count: 0 })),
    'data.unknown': broken((right) => ({
      get: (sid: string, answer: Answer) =>
        right.get(sid, (error, session) => answer(error, session ?? false)),
    })),
    'data.set-get': changed(({ cookie }) => ({ cookie })),
    'data.text': changed((session) => JSON.parse(JSON.stringify(session).replaceAll(/[^\0-\x7f]/g, '?'))),
    'data.nested': changed((session) => ({ ...session, empty: undefined })),
    'data.keys': changed((session) => ({ ...session, $set: undefined })),
    'data.cookie': changed((session) => ({ ...session, cookie: { expires: session.cookie.expires } })),
    'data.copy': broken((right) => {
      const live = new Map<string, SessionData>()
      return {
        get: (sid: string, answer: Answer) => answer(null, live.get(sid)),
        set(sid: string, session: SessionData, answer: Answer) {
          live.set(sid, session)
          right.set(sid, session, answer)
        },
      }
    }),
    'data.replace': broken((right) => ({
      set: (sid: string, session: SessionData, answer: Answer) =>
        right.get(sid, (_, before) => right.set(sid, { ...before, ...session }, answer)),
    })),
    'data.destroy': broken((right) => ({ destroy: (_: string, answer: Answer) => right.clear(answer) })),
    'data.destroy-unknown': broken((right) => ({
      destroy: (sid: string, answer: Answer) =>
        right.rows.has(sid) ? right.destroy(sid, answer) : answer(new Error('not found')),
    })),
    'data.megabyte': changed((session) => ({ ...session, text: String(session['text']).slice(0, 65_535) })),
    'data.parallel': broken((right) => {
      let last: SessionData
      return {
        set(sid: string, session: SessionData, answer: Answer) {
          last = session
          setImmediate(() => right.set(sid, last, answer))
        },
      }
    }),
    'sid.case': named((sid) => sid.toLowerCase()),
    'sid.punctuation': named((sid) => sid.replaceAll(/[^\w]/g, '')),
    'sid.unicode': named((sid) => sid.normalize().trim()),
    'sid.long': named((sid) => sid.slice(0, 64)),
    'sid.special': broken((right) => {
      const rows: Record<string, unknown> = {}
      return {
        get: (sid: string, answer: Answer) => answer(null, rows[sid]),
        set(sid: string, session: SessionData, answer: Answer) {
          rows[sid] = session
          right.set(sid, session, answer)
        },
      }
    }),
    'sid.path': async (location) => {
      const adapter = await broken((right) => ({
        set(sid: string, session: SessionData, answer: Answer) {
          if (sid.startsWith('../')) writeFileSync(join(location.folder, sid), JSON.stringify(session))
          right.set(sid, session, answer)
        },
      }))(location)
      return { ...adapter, folder: join(dirname(location.folder), 'store') }
    },
    'expiry.row': broken((right) => ({
      get(sid: string, answer: Answer) {
        const row = right.rows.get(sid)
        answer(null, row && JSON.parse(row.data))
      },
    })),
    'expiry.none': broken((right) => ({
      set: (sid: string, session: SessionData, answer: Answer) => {
        right.set(sid, session, answer)
        const row = right.rows.get(sid)
        if (row && !session.cookie.expires) row.expires = Date.now() + 1_000
      },
    })),
    'expiry.read': [
      broken((right) => ({
        get(sid: string, answer: Answer) {
          right.get(sid, (error, session) => {
            const row = right.rows.get(sid)
            const { originalMaxAge } = session?.cookie ?? {}
            if (row && originalMaxAge) row.expires = Date.now() + originalMaxAge
            answer(error, session)
          })
        },
      })),
      broken(
        (right) => ({
          get(sid: string, answer: Answer) {
            const row = right.rows.get(sid)
            if (row) row.data = JSON.stringify({ ...JSON.parse(row.data), lastRead: Date.now() })
            right.get(sid, answer)
          },
        }),
        ({ rows }) => ({
          another: async () => ({ row: async (sid) => rows.get(sid)?.data ?? null, close: async () => {} }),
        }),
      ),
    ],
    'expiry.longer': keepsFirstExpiry(Math.min),
    'expiry.shorter': keepsFirstExpiry(Math.max),
    'touch.offered': broken(() => ({ touch: undefined })),
    'touch.extends': touchedBy((_right, _sid, _session, answer) => answer(null)),
    'touch.no-expiry': touchedBy((right, sid, { cookie }, answer) =>
      cookie.expires ? answer(null) : right.destroy(sid, answer),
    ),
    'touch.set-again': extendsRowOnly,
    'touch.in-use': extendsRowOnly,
    'touch.keeps-data': sets,
    'touch.beside-set': readsAndWrites,
    'touch.gone': sets,
    'touch.expired': touchedBy((right, sid, { cookie }, answer) => {
      const row = right.rows.get(sid)
      if (row) row.expires = Number(cookie.expires)
      answer(null)
    }),
    'touch.beside-destroy': readsAndWrites,
    'optional.length': broken(() => ({ length: (answer: Answer) => answer(null, '3') })),
    'optional.all': broken((right) => ({
      all: (answer: Answer) => answer(null, Object.fromEntries(right.rows)),
    })),
    'optional.clear': broken(() => ({ clear: (answer: Answer) => answer(null) })),
    'callback.once': broken((right) => ({
      destroy(sid: string, answer: Answer) {
        right.destroy(sid)
        answer(null)
        answer(null)
      },
    })),
    'callback.throws': broken((right) => ({
      get(sid: string, answer: Answer) {
        try {
          right.get(sid, answer)
        } catch (error) {
          answer(error)
        }
      },
    })),
    'callback.none': broken((right) => ({
      set: (sid: string, session: SessionData, answer?: Answer) => answer && right.set(sid, session, answer),
    })),
    'failure.corrupt-row': broken(
      () => ({}),
      ({ rows }) => ({
        async corrupt(sid) {
          rows.set(sid, { data: '"no session"', expires: Number.POSITIVE_INFINITY })
        },
      }),
    ),
    'failure.gone': away((answer) => answer(null), false),
    'failure.back': away((answer) => answer(new Error('away')), true),
    'failure.hangs': waitsForServer,
    'failure.busy': staysBusy,
    'process.restart': broken(() => ({})),
    'process.ends-closed': broken(() => ({})),
    'process.ends-open': broken(() => ({})),
    'process.two': broken(() => ({})),
  }).map(([id, some]) => [id, [some].flat()]),
)

function keepsFirstExpiry(choose: (one: number, other: number) => number) {
  return broken((right) => ({
    set(sid: string, session: SessionData, answer: Answer) {
      const before = right.rows.get(sid)?.expires
      right.set(sid, session, answer)
      const row = right.rows.get(sid)
      if (row && before !== undefined) row.expires = choose(before, row.expires)
    },
  }))
}
