import { findingsBeside } from './finding.ts'

export default [
  ...findingsBeside('session-methods', [
    {
      id: 'finding.regenerate-save-sets-twice',
      level: ['store'],
      scenario: 'login',
      title: { ja: 'regenerateのあとはsetが2回', en: 'After regenerate, set is called twice' },
      ja: 'regenerate() → save() → リダイレクトは正しい順序だが、ストアの set は2回呼ばれる。2回めは同じ内容で、レスポンスの終わりに起こる。',
      en: 'regenerate(), save(), redirect is the right order, and still calls set twice: the second, with the same content, at the end of the response.',
      see: {
        ja: 'loginでログインし、①のPOST /loginにあるストアの呼び出しを数える。',
        en: 'Log in at login and count the store calls of POST /login in ①.',
      },
    },
    {
      id: 'finding.answer-leaves-before-the-save',
      level: ['wire', 'store'],
      scenario: 'redirect-save',
      title: {
        ja: 'send・json・redirectは保存を待たない',
        en: 'send, json and redirect do not wait for the save',
      },
      ja: 'res.send、res.json、res.redirect では、ステータスとSet-Cookieと本文の最後の1バイト以外が、保存の終わる前に送られる。本文のない end() だけが保存を待つ。',
      en: 'With res.send, res.json and res.redirect the status, Set-Cookie and all but the last byte of the body leave before the session is saved. Only end() without a body waits.',
      see: {
        ja: 'redirect-saveの版no-saveとno-bodyで、①のsetがいつ終わるかを比べる。',
        en: 'Compare in ① when set ends in the variants no-save and no-body of redirect-save.',
      },
    },
    {
      id: 'finding.save-after-the-end-makes-a-row-without-cookie',
      level: ['wire', 'store'],
      scenario: 'session-methods',
      title: {
        ja: '終わったあとのsaveは、Cookieのないレコードを作る',
        en: 'save() after the end makes a row without a cookie',
      },
      ja: '新しい訪問者のセッションを、レスポンスが終わってから書き換えて save() すると、レコードはできるがCookieは誰にも渡らない。先に保存してから答える。',
      en: 'Where a new visitor’s session is changed and saved after the response has ended, there is a row, and nobody has its cookie. Save first, then answer.',
      see: {
        ja: 'session-methodsの版after-the-endで、①のSet-Cookieと③のレコードを見る。',
        en: 'Watch Set-Cookie in ① and the row in ③ in the variant after-the-end of session-methods.',
      },
    },
    {
      id: 'finding.regenerate-hands-on-a-failed-destroy',
      level: ['api', 'store'],
      scenario: 'session-methods',
      title: {
        ja: 'destroyが失敗しても、regenerateは新しくする',
        en: 'regenerate() goes on after a failed destroy',
      },
      ja: 'regenerate() の中の destroy が失敗しても、コールバックにエラーが渡るだけで、新しいIDのセッションはできている。エラーを無視すると、古いレコードが生きたまま先へ進む。',
      en: 'Where the destroy inside of regenerate() fails, its callback gets the error and the session is a new one all the same. Who ignores the error goes on while the old row lives.',
      see: {
        ja: 'session-methodsでregenerateを呼び、①のストアの呼び出しでdestroyと新しいIDを見る。失敗させるには、テストの中のストアを使う。',
        en: 'Call regenerate in session-methods: ① shows destroy, and the new ID. The store of the test makes it fail.',
      },
    },
  ]),
  ...findingsBeside('options-rolling', [
    {
      id: 'finding.head-sets-the-cookie-too',
      level: ['wire'],
      scenario: 'views',
      title: { ja: 'HEADと304にもSet-Cookieが付く', en: 'HEAD and 304 carry Set-Cookie, too' },
      ja: '本文のない HEAD や 304 のレスポンスにも、Set-Cookie は付く。共有キャッシュやヘルスチェックの設定で忘れやすい。',
      en: 'Responses without a body, to HEAD and with 304, carry Set-Cookie as well: easily forgotten in shared caches and health checks.',
      see: {
        ja: '端末で curl -I http://localhost:3000/ を実行する。',
        en: 'In a terminal run curl -I http://localhost:3000/.',
      },
    },
  ]),
]
