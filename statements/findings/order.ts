import { findingsBeside } from './finding.ts'

const see = (ja: string, en: string) => ({ ja, en })

export default findingsBeside('session-options', [
  {
    id: 'finding.session-before-what-reads-it',
    level: ['wire', 'api'],
    scenario: 'order',
    title: { ja: 'session()は、読むものより前に', en: 'session() before what reads it' },
    ja: 'session() より前に書いたルートには req.session がない。1つのルーターだけに付けると、ほかのページにもない。',
    en: 'A route that stands before session() has no req.session; with session() on one router only, the other pages have none either.',
    see: see(
      'orderの版after-routeとone-routerで「/」と「/admin」を開く。',
      'Open / and /admin in the variants after-route and one-router of order.',
    ),
  },
  {
    id: 'finding.login-check-before-session-sees-nobody',
    level: ['wire', 'api'],
    scenario: 'order',
    title: {
      ja: 'Passportがsession()より前だと、黙って誰もいない',
      en: 'Passport before session() silently sees nobody',
    },
    ja: 'ログインを調べるもの(passport.session()など)が session() より前にあると、エラーにならずに、全員が未ログインになる。',
    en: 'Where what checks the login (as passport.session()) stands before session(), nothing fails: everybody is a stranger.',
    see: see(
      'orderの版after-passportでログインし、③のuserと、ページの名前を比べる。',
      'Log in with the variant after-passport of order, and compare user in ③ with the name on the page.',
    ),
  },
  {
    id: 'finding.static-before-session-costs-nothing',
    level: ['store'],
    scenario: 'order',
    title: { ja: '静的ファイルはsession()より前に', en: 'Static files before session()' },
    ja: 'express.static を session() より前に置けば、ファイルのリクエストはストアを呼ばない。後ろに置くと、1つごとに get と touch が起きる。',
    en: 'With express.static before session(), a request for a file calls no store. Behind it, each of them costs a get and a touch.',
    see: see(
      'orderの版static-lastで「/」を開き、①の/style.cssにあるストアの呼び出しを見る。',
      'Open / in the variant static-last of order and see the store calls of /style.css in ①.',
    ),
  },
  {
    id: 'finding.the-session-made-last-says-how-cookies-begin',
    level: ['wire'],
    scenario: 'order',
    title: { ja: '1つのストアにsession()が2つ', en: 'Two session() on one store' },
    ja: '1つのストアに session() を2つ作ると、リクエストで働くのは先のほうでも、新しいCookieの属性は最後に作ったほうで決まる。',
    en: 'With two session() on one store the first one serves the request, and the one that was made last says what a new cookie is like.',
    see: see(
      'orderの版twiceで「/」を開き、①のSet-CookieにあるExpiresを見る。',
      'Open / in the variant twice of order and see Expires in Set-Cookie of ①.',
    ),
  },
  {
    id: 'finding.narrower-session-first',
    level: ['wire', 'store'],
    scenario: 'order',
    title: { ja: 'セッションを2つ使うなら、狭いパスを先に', en: 'Two sessions: the narrower path first' },
    ja: '1つのアプリでセッションを2つに分けるなら、狭いパスの session() を先に書く。後ろのものは、req.session がもうあるので何もしない。',
    en: 'To have two sessions in one app, put the session() of the narrower path first: the later one finds a req.session, and steps aside.',
    see: see(
      'orderの版two-in-oneとadmin-firstで「/admin」を開き、①のSet-Cookieの名前を比べる。',
      'Open /admin in the variants two-in-one and admin-first of order, and compare the names in Set-Cookie of ①.',
    ),
  },
])
