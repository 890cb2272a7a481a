import { isDeepStrictEqual } from 'node:util'
import { ask, isFine, isNotFound, NotAnswered, type Reply } from '../calls.ts'
import { type Claim, type Finding, holds, type Json, no, yes } from '../claim.ts'
import { asJson, sessionOf, type TestContext } from '../context.ts'

/** get, set and destroy: what they store, and what they do not touch. */
export const dataClaims: readonly Claim[] = [
  {
    id: 'data.unknown',
    title: {
      ja: '知らないsidのgetはnullかundefined(またはENOENT)で、ほかのエラーではない',
      en: 'get of a sid that it does not know is null or undefined (or ENOENT), and no other error',
    },
    kind: 'promise',
    async check({ store, calls }) {
      await calls.get('data-unknown') // an error is a no
      const reply = await ask(store, 'get', ['data-unknown'])
      if (isNotFound(reply)) return yes('an error with the code ENOENT, which session() takes for not found')
      const { result } = reply
      return holds(
        result == null,
        { ja: `getが ${show(result)} を渡した`, en: `get handed out ${show(result)}` },
        show(result),
      )
    },
  },
  {
    id: 'data.set-get',
    title: { ja: 'setしたものがgetで返る', en: 'get gives what set was given' },
    kind: 'promise',
    check: (context) => comesBack(context, 'data-set-get', { user: 'taro', n: 1 }),
  },
  {
    id: 'data.text',
    title: {
      ja: '日本語、絵文字、引用符、改行がそのまま返る',
      en: 'Japanese, emoji, quotes and line breaks come back as they were',
    },
    kind: 'promise',
    check: (context) =>
      comesBack(context, 'data-text', {
        kanji: '髙橋 𠮷野家',
        emoji: '🧑‍🤝‍🧑🇯🇵',
        quotes: `'"\`\\ \${x} %s ?`,
        breaks: 'a\r\n\tb\u2028c',
      }),
  },
  {
    id: 'data.nested',
    title: {
      ja: '入れ子、空の値、日付(JSONとして)がそのまま返る',
      en: 'nested data, empty values and dates (as JSON) come back as they were',
    },
    kind: 'promise',
    check: (context) =>
      comesBack(context, 'data-nested', {
        cart: [{ id: 1, tags: ['a', []] }, null],
        empty: { text: '', zero: 0, no: false, nothing: null, object: {} },
        at: new Date(0),
        number: 1e21,
      }),
  },
  {
    id: 'data.keys',
    title: {
      ja: 'キーに . や $ があっても返る',
      en: 'keys with a dot or a dollar come back too',
    },
    kind: 'promise',
    check: (context) => comesBack(context, 'data-keys', { 'a.b': 1, $set: { c: 2 }, 'd e': 3 }),
  },
  {
    id: 'data.cookie',
    title: {
      ja: 'cookie(期限、originalMaxAge、属性)も返る',
      en: 'the cookie comes back with its expiry, originalMaxAge and attributes',
    },
    kind: 'promise',
    async check({ calls }) {
      const given = sessionOf({}, 60_000, { path: '/shop', sameSite: 'lax', httpOnly: true })
      await calls.set('data-cookie', given)
      const found = asJson((await calls.get('data-cookie'))?.cookie ?? null) as Record<string, Json> | null
      const expected = asJson(given.cookie) as unknown as Record<string, Json>
      const lost = Object.keys(expected).filter((key) =>
        key === 'expires'
          ? !(Math.abs(Date.parse(String(found?.[key])) - Date.parse(String(expected[key]))) < 1_000)
          : found?.[key] !== expected[key],
      )
      return holds(
        lost.length === 0,
        { ja: `${lost.join('、')} が違う`, en: `${lost.join(', ')} differ` },
        { given: expected, found },
      )
    },
  },
  {
    id: 'data.copy',
    title: {
      ja: 'setは写しを取る。あとでオブジェクトを変えても保存されない',
      en: 'set keeps a copy: a later change of the object is not stored',
    },
    kind: 'promise',
    async check({ calls }) {
      const cart = [1]
      await calls.set('data-copy', sessionOf({ cart }))
      cart.push(2)
      const found = (await calls.get('data-copy'))?.['cart']
      return holds(
        isDeepStrictEqual(found, [1]),
        { ja: `変更が現れた: ${show(found)}`, en: `the change shows: ${show(found)}` },
        asJson(found ?? null) as Json,
      )
    },
  },
  {
    id: 'data.replace',
    title: {
      ja: 'すでにあるsidのsetは置き換える。前のキーは残らない',
      en: 'set of a sid that is there replaces it: no old key is left',
    },
    kind: 'promise',
    async check({ calls }) {
      await calls.set('data-replace', sessionOf({ n: 1, old: true }))
      await calls.set('data-replace', sessionOf({ n: 2 }))
      const found = await calls.get('data-replace')
      return holds(
        found?.['n'] === 2 && !('old' in found),
        { ja: `getが ${show(found)} を渡した`, en: `get handed out ${show(found)}` },
        found && (asJson({ n: found['n'] ?? null, old: found['old'] ?? null }) as Json),
      )
    },
  },
  {
    id: 'data.destroy',
    title: {
      ja: 'destroyはそのセッションを消し、ほかは消さない',
      en: 'destroy removes this session and no other',
    },
    kind: 'promise',
    async check({ calls }) {
      await calls.set('data-destroy-a', sessionOf({ n: 1 }))
      await calls.set('data-destroy-b', sessionOf({ n: 2 }))
      await calls.destroy('data-destroy-a')
      if (await calls.get('data-destroy-a'))
        return no({ ja: 'まだgetで返る', en: 'get still hands it out' }, null)
      const other = (await calls.get('data-destroy-b'))?.['n'] ?? null
      return holds(other === 2, { ja: 'ほかのセッションも消えた', en: 'another session went too' }, null)
    },
  },
  {
    id: 'data.destroy-unknown',
    title: {
      ja: '知らないsidのdestroyはエラーではなく、ほかのセッションも消さない',
      en: 'to destroy an unknown sid is no error, and removes no other session',
    },
    kind: 'promise',
    async check({ calls }) {
      await calls.set('data-bystander', sessionOf({ n: 1 }))
      await calls.destroy('data-destroy-unknown')
      const isThere = (await calls.get('data-bystander'))?.['n'] === 1
      return holds(isThere, { ja: 'ほかのセッションが消えた', en: 'another session was removed' }, null)
    },
  },
  {
    id: 'data.megabyte',
    title: { ja: '1 MBのセッションが欠けずに返る', en: 'a session of 1 MB comes back whole' },
    kind: 'promise',
    async check({ store, calls }) {
      const text = Array.from({ length: 125_000 }, (_, n) => String(n).padStart(8, '0')).join('')
      await calls.set('data-megabyte', sessionOf({ text }))
      const found = await calls.get('data-megabyte')
      await ask(store, 'destroy', ['data-megabyte'])
      return holds(
        found?.['text'] === text,
        found ? { ja: '違う内容になった', en: 'it has changed' } : { ja: '返らない', en: 'it is not there' },
        { set: text.length, got: typeof found?.['text'] === 'string' ? found['text'].length : null },
      )
    },
  },
  {
    id: 'data.parallel',
    title: {
      ja: '1000個を同時にsetし、1000個を同時にgetしても、どれも自分の内容',
      en: 'after 1000 sets at once, 1000 gets at once give each its own data',
    },
    kind: 'promise',
    async check({ store }) {
      const all = Array.from({ length: 1000 }, (_, n) => n)
      const sid = (n: number) => `data-parallel-${n}`
      const set = await inRounds(all, (n) => ask(store, 'set', [sid(n), sessionOf({ n })], 20_000))
      const got = await inRounds(all, (n) => ask(store, 'get', [sid(n)], 20_000))
      const found = all.map((n) => (got.replies.get(n)?.result as { n?: number } | null)?.n ?? null)
      const missing = found.filter((n) => n === null).length
      const mixed = found.filter((n, index) => n !== null && n !== index).length
      return holds(
        missing + mixed === 0,
        {
          ja: `${missing}個がなく、${mixed}個が別の内容`,
          en: `${missing} missing, ${mixed} with other data`,
        },
        { missing, mixed, 'refused at first': { set: set.refused, get: got.refused } },
      )
    },
  },
]

/**
 * Makes all calls at once. What a busy store refuses by callback is called again, in at most four rounds.
 * @throws NotAnswered when the last round is refused too
 */
async function inRounds(numbers: readonly number[], call: (n: number) => Promise<Reply>) {
  const replies = new Map<number, Reply>()
  const isRefused = (n: number) => !isFine(replies.get(n))
  let refused = 0
  for (let round = 1; round <= 4; round++) {
    const some = numbers.filter(isRefused)
    for (const [index, reply] of (await Promise.all(some.map(call))).entries()) {
      const n = some[index]
      if (n !== undefined) replies.set(n, reply)
    }
    if (round === 1) refused = numbers.filter(isRefused).length
  }
  const last = [...replies.values()].find((reply) => !isFine(reply))
  if (last) throw new NotAnswered(last)
  return { replies, refused }
}

/** Whether get hands out all of `data`; a store may add to it. */
async function comesBack(
  { calls }: TestContext,
  sid: string,
  data: Record<string, unknown>,
): Promise<Finding> {
  await calls.set(sid, sessionOf(data))
  const found = await calls.get(sid)
  const expected = asJson(data)
  const lost = Object.keys(expected).filter(
    (key) => !isDeepStrictEqual(asJson({ value: found?.[key] }), { value: expected[key] }),
  )
  if (lost.length === 0) return yes(null)
  return no(
    found === null
      ? { ja: '返らない', en: 'it is not there' }
      : { ja: `${lost.join('、')} が違う`, en: `${lost.join(', ')} differ` },
    Object.fromEntries(lost.map((key) => [key, show(found?.[key])])),
  )
}

const show = (value: unknown) => (JSON.stringify(value) ?? 'undefined').slice(0, 200)
