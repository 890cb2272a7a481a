import { type About, section } from './section.ts'

const about: About = {
  slug: 'options-cookie-expires',
  title: 'cookie.expires',
  group: 'options',
  anchor: 'cookieexpires',
  headings: ['cookie.expires'],
}

export default section(about, [
  {
    id: 'cookie.expires.date-sets-attribute',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'expiry',
    ja: 'cookie.expires に渡した Date が Expires 属性になる。',
    en: 'A Date in cookie.expires becomes the Expires attribute.',
    verdict: 'condition',
    because: {
      ja: 'その日時になるのは、セッションを始めたレスポンスだけ。Dateはその場で「あと何ミリ秒か」に直されてレコードに残り、後のレスポンスは、そこからまた同じ長さを数える。',
      en: 'Only the response that begins a session has that date. The Date is turned into a length of time, which stays in the row, and every later response counts that length anew.',
    },
    see: {
      ja: '版fixed-dateに切り替え、すぐに「やり直す」を押し、「書く」を2回、間を置いて押す。①の1回目のExpiresはページに出ている日時と同じで、2回目はそれより後になる。③のレコードのoriginalMaxAgeが、その長さ。',
      en: 'Switch to fixed-date, start over at once and press write, and again a few seconds later. In ① the first Expires is the time shown on the page, the second is later. originalMaxAge in the row (③) is the length.',
    },
  },
  {
    id: 'cookie.expires.unset-by-default',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'expiry',
    ja: '既定では Expires は付かない。',
    en: 'No Expires is emitted by default.',
    verdict: 'holds',
    see: {
      ja: '版no-expiryに切り替えて「やり直す」を押し、「書く」を押す。①のSet-CookieにあるのはPathとHttpOnlyだけ。',
      en: 'Switch to no-expiry, start over and press write. In ① Set-Cookie has Path and HttpOnly and nothing else.',
    },
  },
  {
    id: 'cookie.expires.none-means-non-persistent',
    kind: 'behaviour',
    level: ['browser'],
    scenario: 'expiry',
    ja: '期限の無い cookie は一時的なものとして扱われ、ブラウザーを閉じると消える。',
    en: 'A cookie without an expiry is temporary and disappears when the browser is closed.',
    verdict: 'condition',
    because: {
      ja: '「前回開いていたページを開く」設定のブラウザーでは、閉じて開き直しても残る。どちらの場合も、サーバーのレコードは残る。',
      en: 'A browser that is set to continue where it left off keeps the cookie over closing. In both cases the row stays on the server.',
    },
    see: {
      ja: '版no-expiryに切り替えて「やり直す」を押す。「書く」を押し、ブラウザーをすべて閉じて開き直し、「読む」を押す。②のCookieは消え、③のレコードは残っている。起動時に前回のページを開く設定では、Cookieも残る。',
      en: 'Switch to no-expiry, start over and press write. Close the browser altogether, open it again and press read. The cookie (②) is gone and the row (③) is there. With "Continue where you left off", the cookie is there too.',
    },
  },
  {
    id: 'cookie.expires.last-of-expires-and-maxAge-wins',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'expiry',
    ja: 'expires と maxAge の両方がある場合は、オブジェクトの中で後に並んでいる方が効く。',
    en: 'Given both expires and maxAge, whichever comes later in the object takes effect.',
    verdict: 'holds',
    see: {
      ja: '版expires-lastに切り替えて「やり直す」を押し、「書く」を押す。maxAgeは5秒なのに、①のExpiresは1時間後。決めるのは並び順で、スプレッドの後で値を置き換えても並び順は変わらない。',
      en: 'Switch to expires-last, start over and press write. maxAge says 5 seconds, but Expires in ① is an hour ahead. The order of the keys decides; replacing a value after a spread does not move its key.',
    },
  },
  {
    id: 'cookie.expires.should-not-be-set-directly',
    kind: 'advice',
    level: ['wire', 'store'],
    scenario: 'expiry',
    ja: 'expires を直接は指定せず、maxAge だけを使うべきである。',
    en: 'Do not set expires yourself; use maxAge only.',
    verdict: 'holds',
    see: {
      ja: '版fixed-dateに切り替えて15秒待ち、「やり直す」のあとで「書く」を何度か押す。数は1のまま。①のSet-Cookieは過去のExpiresで、②にCookieは残らない。',
      en: 'Switch to fixed-date, wait 15 seconds, start over and press write a few times. The number stays at 1: Set-Cookie in ① has an Expires in the past, and ② holds no cookie.',
    },
  },
])
