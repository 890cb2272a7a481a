import { readdir } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { ask, describe, isFine, isNotFound, NotAnswered, type Reply } from '../calls.ts'
import { type Claim, type Finding, holds, no, notOffered, yes } from '../claim.ts'
import { sessionOf, type TestContext } from '../context.ts'

/** Different sids are different sessions. express-session makes `A–Z a–z 0–9 - _`; the rest takes a genid of one's own. */
export const sidClaims: readonly Claim[] = [
  {
    id: 'sid.case',
    title: {
      ja: '大文字と小文字だけが違うsidは別のセッション',
      en: 'sids that differ only in case are different sessions',
    },
    kind: 'promise',
    check: (context) => keepsApart(context, ['sid-case', 'sid-CASE', 'Sid-case', 'SID-CASE']),
  },
  {
    id: 'sid.punctuation',
    title: {
      ja: '記号だけが違うsidは別のセッション',
      en: 'sids that differ only in punctuation are different sessions',
    },
    kind: 'promise',
    check: (context) =>
      keepsApart(context, [...'-_.:/*%?!~'].map((sign) => `sid${sign}sign`).concat('sid%2Fsign', 'sidsign')),
  },
  {
    id: 'sid.unicode',
    title: {
      ja: '英数字でないsid、合成済みと結合文字、末尾の空白も区別する',
      en: 'sids beyond ASCII, composed or combining characters and a space at the end are told apart',
    },
    kind: 'promise',
    check: (context) =>
      keepsApart(context, [
        'sid-が',
        'sid-か\u3099',
        'sid-か',
        'sid-é',
        'sid-e',
        'sid-e ',
        'sid-🍣',
        'sid-🍺',
      ]),
  },
  {
    id: 'sid.long',
    title: {
      ja: '200文字で最後の1文字だけが違うsidは別のセッション',
      en: 'sids of 200 characters that differ in the last one are different sessions',
    },
    kind: 'promise',
    check: (context) =>
      keepsApart(
        context,
        ['x', 'y'].map((end) => 'sid-long-'.padEnd(199, 'a') + end),
      ),
  },
  {
    id: 'sid.special',
    title: {
      ja: '特別なsidはない(__proto__、SQLの断片、..)',
      en: 'no sid is special (__proto__, a piece of SQL, ..)',
    },
    kind: 'promise',
    check: (context) =>
      keepsApart(context, [
        '__proto__',
        'constructor',
        'toString',
        "'; DROP TABLE sessions; --",
        '..',
        '.',
        '*',
      ]),
  },
  {
    id: 'sid.path',
    title: {
      ja: '../ を含むsidでも、ファイルは自分のフォルダーの外にできない',
      en: 'a sid with ../ makes no file outside the folder of the store',
    },
    kind: 'promise',
    async check({ store, adapter }) {
      const { folder } = adapter
      if (!folder) return notOffered({ ja: 'ファイルを使わない', en: 'it keeps no files' })
      const around = dirname(folder)
      const before = new Set(await outside(around, folder))
      const replies = []
      for (const sid of ['../sid-path-up', join(around, 'sid-path-absolute')])
        replies.push(await ask(store, 'set', [sid, sessionOf({ n: 1 })]))
      const written = (await outside(around, folder)).filter((file) => !before.has(file))
      return holds(
        written.length === 0,
        { ja: `外に書いた: ${written.join('、')}`, en: `it wrote outside: ${written.join(', ')}` },
        { set: replies.map(describe), outside: written },
      )
    },
  },
]

/**
 * Whether every sid, unknown at first, keeps its own data, and can be destroyed. Sids that the store refuses by an
 * error do no harm: they are not offered.
 */
async function keepsApart({ store, calls }: TestContext, sids: readonly string[]): Promise<Finding> {
  const refused: Record<string, string> = {}
  const note = (sid: string, reply: Reply) => {
    if (reply.by !== 'callback') throw new NotAnswered(reply)
    if (!isFine(reply) && !isNotFound(reply)) refused[brief(sid)] = describe(reply)
  }
  const isTaken = (sid: string) => !Object.hasOwn(refused, brief(sid))
  const numbers = async () => {
    const replies = await Promise.all(sids.map((sid) => ask(store, 'get', [sid])))
    return replies.map((reply, index) => {
      note(sids[index] ?? '', reply)
      return (reply.result as { n?: unknown } | null)?.n
    })
  }

  const known = await numbers()
  const before = sids.filter((_, n) => known[n] !== undefined)
  if (before.length > 0)
    return no({ ja: `setの前からある: ${list(before)}`, en: `there before set: ${list(before)}` }, before)

  for (const [n, sid] of sids.entries()) note(sid, await ask(store, 'set', [sid, sessionOf({ n })]))
  const found = await numbers()
  const wrong = sids.filter((sid, n) => isTaken(sid) && found[n] !== n)
  if (wrong.length > 0) {
    return no(
      { ja: `ほかの内容になるかなくなる: ${list(wrong)}`, en: `with other data or lost: ${list(wrong)}` },
      { wrong: wrong.map(brief), refused },
    )
  }
  if (!sids.every(isTaken)) {
    const names = list(Object.keys(refused))
    return {
      ...notOffered({ ja: `エラーで断る: ${names}`, en: `refused by an error: ${names}` }),
      evidence: refused,
    }
  }

  for (const sid of sids) await calls.destroy(sid)
  const after = await numbers()
  const left = sids.filter((_, n) => after[n] !== undefined)
  return left.length === 0
    ? yes(null)
    : no({ ja: `destroyで消えない: ${list(left)}`, en: `destroy left ${list(left)}` }, left)
}

const brief = (sid: string) => (sid.length > 40 ? `${sid.slice(0, 8)}…${sid.slice(-1)}` : sid)
const list = (sids: readonly string[]) => sids.map((sid) => JSON.stringify(brief(sid))).join(', ')

/** The files around a folder that are not in it, relative to what is around. */
async function outside(around: string, folder: string): Promise<string[]> {
  const own = relative(around, folder)
  const all = await readdir(around, { recursive: true })
  return all.filter((file) => file !== own && !file.startsWith(`${own}/`))
}
