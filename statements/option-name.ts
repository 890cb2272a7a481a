import { type About, section } from './section.ts'

const about: About = {
  slug: 'options-name',
  title: 'name',
  group: 'options',
  anchor: 'name',
  headings: ['name'],
}

export default section(about, [
  {
    id: 'name.sets-and-reads-cookie-name',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'multi-app',
    ja: 'name はレスポンスで設定しリクエストで読み取るセッション cookie の名前である。',
    en: 'name is the cookie name set in responses and read from requests.',
    verdict: 'holds',
    see: {
      ja: 'デモAを2回開き、① 通信のSet-CookieとCookieの名前が同じmulti-app.a.sidであることを見る。',
      en: 'Open demo A twice and watch ① wire: Set-Cookie and Cookie carry the same name, multi-app.a.sid.',
    },
  },
  {
    id: 'name.default-connect.sid',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'multi-app',
    ja: '既定の名前は connect.sid である。',
    en: 'The default name is connect.sid.',
    verdict: 'holds',
    see: {
      ja: 'same-nameの版に切り替えて開き、① 通信のSet-Cookieの名前を見る。',
      en: 'Switch to same-name, open the demo and read the name in the Set-Cookie of ① wire.',
    },
  },
  {
    id: 'name.apps-on-one-hostname-must-be-separated',
    kind: 'behaviour',
    level: ['browser'],
    scenario: 'multi-app',
    ja: '同じホスト名で複数のアプリを動かすなら、セッション cookie を互いに分けなければならない。',
    en: 'Several apps on one hostname must keep their session cookies apart.',
    verdict: 'holds',
    see: {
      ja: 'same-nameの版に切り替え、AとBを交互に開く。② のCookieが毎回上書きされ、③ にレコードが増えていくのを見る。',
      en: 'Switch to same-name and open A and B in turn: the cookie in ② is overwritten each time, and rows pile up in ③.',
    },
  },
  {
    id: 'name.scheme-and-port-do-not-separate',
    kind: 'behaviour',
    level: ['browser'],
    scenario: 'multi-app',
    ja: 'ホスト名だけが区切りで、スキームやポートが違っても別ホストにはならない。',
    en: 'Only the hostname counts: a different scheme or port is not a different host.',
    verdict: 'holds',
    see: {
      ja: 'same-nameの版でAを開き、次にBを開く。① で、Aが渡したCookieがBへのリクエストに付いているのを見る。127.0.0.1で開くと付かない。',
      en: 'In same-name, open A, then B: in ① the request to B carries the cookie that A handed out. On 127.0.0.1 it does not.',
    },
  },
  {
    id: 'name.different-names-separate-apps',
    kind: 'behaviour',
    level: ['browser'],
    scenario: 'multi-app',
    ja: 'いちばん簡単な分け方は、アプリごとに name を変えることである。',
    en: 'The easy fix is a different name per app.',
    verdict: 'holds',
    see: {
      ja: 'AとBを交互に開き、② にCookieが2つ並び、どちらの数も増え続けるのを見る。',
      en: 'Open A and B in turn: two cookies stand side by side in ② and both counts go on.',
    },
  },
])
