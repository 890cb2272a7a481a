import { findingsBeside } from './finding.ts'

const see = (ja: string, en: string) => ({ ja, en })

export default findingsBeside('store-implementation', [
  {
    id: 'finding.failed-get-is-no-new-visitor',
    level: ['wire', 'store'],
    scenario: 'broken-store',
    title: { ja: 'getの失敗は「初めての訪問」ではない', en: 'A failed get is no first visit' },
    ja: 'get が失敗したリクエストは503で答える。続けてしまうと新しいセッションのCookieが出て、直ったあとも、その人は元のセッションに戻れない。',
    en: 'Answer 503 where get fails. Whoever goes on sends the cookie of a new session, and when the store is back its visitor has lost the old one.',
    see: see(
      'broken-storeの版as-nobodyで、「getが失敗」を押してからもう一度開く。',
      'Let get fail in the variant as-nobody of broken-store, then open the page again.',
    ),
  },
  {
    id: 'finding.save-before-saying-it-is-done',
    level: ['wire', 'store'],
    scenario: 'broken-store',
    title: { ja: 'setの失敗は、答えたあとでは伝わらない', en: 'A failed set comes too late to be told' },
    ja: 'ふつうは、set が失敗する前に「できました」というレスポンスが出てしまう。save() を待ってから答えれば、失敗を伝えられる。',
    en: 'As a rule the answer that says "done" has left before set fails. Who waits for save() can say that it failed.',
    see: see(
      'broken-storeの版answers-firstで「setが失敗」を押し、ステータスと③を比べる。',
      'Let set fail in the variant answers-first of broken-store, and compare the status with ③.',
    ),
  },
  {
    id: 'finding.hanging-store-hangs-the-request',
    level: ['wire', 'store'],
    scenario: 'broken-store',
    title: {
      ja: 'express-sessionはストアをいつまでも待つ',
      en: 'express-session waits for the store for ever',
    },
    ja: 'express-session に時間の上限はない。ストアが黙ると、リクエストは終わらない。上限は、ストアのクライアントかアプリで決める。',
    en: 'express-session has no time limit: where the store is silent, the request never ends. The limit has to be set in the client of the store, or in the app.',
    see: see(
      'broken-storeの版bareで「getが答えない」を押す。',
      'Let get hang in the variant bare of broken-store.',
    ),
  },
  {
    id: 'finding.second-callback-goes-on-behind-the-route',
    level: ['wire', 'store'],
    scenario: 'broken-store',
    title: { ja: 'コールバックを2回呼ぶストア', en: 'A store that calls back twice' },
    ja: 'get が2回答えると next() も2回呼ばれ、404になる。save() や regenerate() の中で2回答えると、アプリのコールバックが2回動き、ERR_HTTP_HEADERS_SENT で落ちる。',
    en: 'A get that answers twice calls next() twice, and the visitor gets a 404. In save() or regenerate() the app’s callback runs twice, and throws ERR_HTTP_HEADERS_SENT where nobody catches it.',
    see: see(
      'broken-storeの版bareで「getが2回答える」を押す。',
      'Let get answer twice in the variant bare of broken-store.',
    ),
  },
])
