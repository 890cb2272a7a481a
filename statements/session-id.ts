import { type About, section } from './section.ts'

const about: About = {
  slug: 'req-session-id-req-sessionid',
  title: 'req.session.id / req.sessionID',
  group: 'req.session',
  anchor: 'reqsessionid',
  headings: ['req.session.id', 'req.sessionID'],
}

export default section(about, [
  {
    id: 'session.id.unique-per-session',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: 'セッションごとに一意な ID がある。',
    en: 'Each session has a unique id.',
    verdict: 'holds',
    see: {
      ja: '/を開き、ページのidを見る。「やり直す」を押すか、別のブラウザーで開くと、別のIDになる。①と③では色で見分けられる。',
      en: 'Open / and look at id on the page. Start over, or use another browser: another id. ① and ③ tell them apart by colour.',
    },
  },
  {
    id: 'session.id.alias-of-sessionID',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: 'req.session.id は req.sessionID の別名で、session 側からも ID を参照できる。',
    en: 'req.session.id is an alias of req.sessionID, reachable from the session object.',
    verdict: 'condition',
    because: {
      ja: '別名ではなく、Sessionが作られたときの写し。誰もreq.sessionIDに書き込まないあいだは同じだが、書き込むと食い違う。',
      en: 'It is a copy made with the Session, not an alias: the two agree until somebody writes to req.sessionID.',
    },
    see: {
      ja: '版appでページのidとsessionIDが同じことを確かめる。版write-session-idのボタンを押し、①でSet-CookieのIDとsetのIDが食い違うのを見る。',
      en: 'With app, id and sessionID on the page are the same. Press the button of write-session-id: in ① the id in Set-Cookie and the id that set was given differ.',
    },
  },
  {
    id: 'session.id.cannot-be-modified',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: 'req.session.id は変更できない。',
    en: 'req.session.id cannot be modified.',
    verdict: 'holds',
    see: {
      ja: '版appで「id = "mine"」を押す。TypeErrorになり、①のSet-CookieのIDは変わらない。(strictモードでないコードでは、エラーも出ずに無視される。)',
      en: 'With app, press id = "mine": a TypeError, and the id in ① stays. (Outside strict mode the write is ignored without an error.)',
    },
  },
  {
    id: 'req.sessionID.holds-loaded-id',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: 'req.sessionID で、読み込みまたは作成された時点の ID が得られる。',
    en: 'req.sessionID gives the id, set when the session is loaded or created.',
    verdict: 'holds',
    see: {
      ja: '/を2回開き、ページのsessionIDを①のCookieのIDと比べる。作ったときも、読み込んだときも同じ。',
      en: 'Open / twice and compare sessionID on the page with the id in the cookie in ①: the same when created and when loaded.',
    },
  },
  {
    id: 'req.sessionID.read-only',
    kind: 'fact',
    level: ['api', 'wire'],
    scenario: 'per-visitor-cookie',
    ja: 'req.sessionID は読み取り専用の値である。',
    en: 'req.sessionID is a read-only value.',
    verdict: 'does-not-hold',
    because: {
      ja: '普通のプロパティで、書き込める。Cookieには書き込んだIDが署名されて入り、データは元のIDのレコードに保存される。次のリクエストではレコードが見つからず、セッションを失う。',
      en: 'It is an ordinary property and can be written to. The cookie takes the written id, validly signed, while the data is saved under the old one; the next request finds no row, and the session is lost.',
    },
    see: {
      ja: '版write-session-idに切り替え、「sessionID = "mine"」を押す。①のSet-CookieのIDはmine、③のレコードは元のIDのまま。続く/のリクエストはレコードを見つけられず、新しいIDになる。',
      en: 'Switch to write-session-id and press sessionID = "mine". In ① Set-Cookie says mine, in ③ the row keeps its id. The request for / that follows finds no row and gets a new id.',
    },
  },
])
