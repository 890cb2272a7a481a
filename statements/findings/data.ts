import { findingsBeside } from './finding.ts'

export default findingsBeside('req-session', [
  {
    id: 'finding.names-of-methods-are-lost',
    level: ['api', 'store'],
    scenario: 'session-methods',
    title: { ja: '使えない名前がある', en: 'Some names cannot be used' },
    ja: 'toString、constructor のように、セッションにもともとある名前で書いたデータは、次のリクエストで読めず、そこで保存されるとレコードからも消える。save や touch に書くと、そのリクエストも失敗する。',
    en: 'Data under a name that a session has anyway, as toString or constructor, cannot be read in the next request, and is gone from the row once that request is saved. Under save or touch even that request fails.',
    see: {
      ja: "コードでreq.session.constructor = 'x'のように書き、③のレコードと、次のリクエストで読める値を比べる。",
      en: "Write req.session.constructor = 'x' in the code, and compare the row in ③ with what the next request reads.",
    },
  },
  {
    id: 'finding.nan-and-named-entries-are-lost',
    level: ['store'],
    scenario: 'views',
    title: { ja: 'NaNはnull、名前付きの配列は空', en: 'NaN becomes null, an array with names empty' },
    ja: 'NaN と Infinity は null に、添字でない名前で書いた配列は [] になって戻る。数えるときは0から、名前で引くならオブジェクトで始める。',
    en: 'NaN and Infinity come back as null, and an array whose entries have names as []. Begin counts with 0, and what is looked up by name with an object.',
    see: {
      ja: '③のレコードで、書いた値がJSONでどうなっているかを見る。',
      en: 'See in the row of ③ what JSON has made of the values.',
    },
  },
  {
    id: 'finding.bigint-is-never-answered',
    level: ['wire', 'store'],
    scenario: 'views',
    title: { ja: 'BigIntを入れると、返事が来ない', en: 'A BigInt is never answered' },
    ja: 'セッションに BigInt を入れると、レスポンスの終わりで例外になり、ストアは呼ばれず、返事も来ない。',
    en: 'With a BigInt in the session the end of the response throws: the store is not called, and no answer comes.',
    see: {
      ja: '自分のアプリにreq.session.n = 1nと書いて開くと、待ち続ける。ラボでは、枠のほうがエラーのページを返す。',
      en: 'Write req.session.n = 1n in an app of your own and open it: it waits. In the lab the frame around the app answers with the error.',
    },
  },
  {
    id: 'finding.bigint-ends-the-process',
    level: ['process'],
    scenario: 'memory-store',
    title: { ja: 'BigIntでプロセスが落ちることもある', en: 'A BigInt can end the process' },
    ja: 'regenerate() のコールバックで BigInt を入れて保存すると(MemoryStore)、例外がリクエストの外で起きて、プロセスごと終わる。全員のセッションが消える。',
    en: 'Where a BigInt is saved in the callback of regenerate() (MemoryStore), the exception happens outside of the request and ends the process: everybody’s session is gone.',
    see: {
      ja: '自分のアプリでは、JSON.stringifyできる値だけを入れる。テストが、別のプロセスで起こして見せる。',
      en: 'Keep only what JSON.stringify takes. The test shows it in a process of its own.',
    },
  },
])
