import { type About, section } from './section.ts'

const about: About = {
  slug: 'cookie-maxage-originalmaxage',
  title: 'Cookie.maxAge / originalMaxAge',
  group: 'req.session',
  anchor: 'cookiemaxage-1',
  headings: ['Cookie.maxAge', 'Cookie.originalMaxAge'],
}

export default section(about, [
  {
    id: 'cookie-object.maxAge.returns-remaining-ms',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: 'req.session.cookie.maxAge は残り時間をミリ秒で返す。',
    en: 'req.session.cookie.maxAge returns the remaining milliseconds.',
    verdict: 'condition',
    because: {
      ja: '返るのはレコードに控えた期限までの残り時間。データを変えないリクエストのあとでは、ブラウザーのCookieの残り時間より長い。期限がなければnullかfalseが返る。',
      en: "It is what is left according to the row. After a request that changed no data, the browser's cookie has less. Without expiry it is null, or false.",
    },
    see: {
      ja: '/を開き、10秒待って再読み込みし、もう10秒待って再読み込みする。ページのmaxAgeは2回とも約50000。②の残り時間は50秒、40秒と減っていく。',
      en: 'Open /, reload after ten seconds, and again after another ten. maxAge on the page is about 50000 both times, while ② has 50 and then 40 seconds left.',
    },
  },
  {
    id: 'cookie-object.maxAge.assignment-adjusts-expires',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: 'そこへ値を代入すると expires もそれに合わせて変わる。',
    en: 'Assigning it adjusts expires.',
    verdict: 'holds',
    see: {
      ja: '「maxAge = 1時間」を押す。①のSet-CookieのExpiresが1時間後になり、ページのexpiresも1時間後になる。',
      en: 'Press maxAge = 1 h: Expires in ① is an hour away, and so is expires on the page.',
    },
  },
  {
    id: 'cookie-object.maxAge.equivalent-to-setting-expires',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: 'expires に「現在+1時間」を入れるのと maxAge に 1 時間を入れるのは実質同じである。',
    en: 'Setting expires to now+1 h and maxAge to 1 h are essentially equivalent.',
    verdict: 'holds',
    see: {
      ja: '「maxAge = 1時間」と「expires = 1時間後」を、間に「やり直す」を挟んで押し比べる。②、③、ページのoriginalMaxAgeがどれも同じになる。どちらもリクエストのたびに延びる: expiresに入れた日時は、固定の締め切りにはならない。',
      en: 'Press maxAge = 1 h, start over, press expires = now + 1 h: ②, ③ and originalMaxAge on the page come out alike. Both slide with every request: a date put into expires is no fixed deadline.',
    },
  },
  {
    id: 'cookie-object.maxAge.reset-by-touch-when-request-completes',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: '残り時間はリクエストが終わるまで減った値のままで、終了時に touch により元の値へ戻る。',
    en: 'It reports the reduced value until the request completes, when touch() resets it.',
    verdict: 'condition',
    because: {
      ja: 'Set-Cookieの付かないレスポンスに限る。付くレスポンスでは、リクエストの終わりではなく、ヘッダーを送る時点(最初のres.write()など)で元に戻る。',
      en: 'Only for a response without Set-Cookie. With one, it is put back when the head leaves (at the first res.write(), for instance) and not when the request ends.',
    },
    see: {
      ja: '版appで/を開き、10秒待って再読み込みすると、maxAgeは約50000。版streamedで同じことをすると、値を読む前にヘッダーが出ているので、いつも約60000。',
      en: 'With app, open / and reload after ten seconds: maxAge is about 50000. With streamed it is always about 60000, because the head has left before the value is read.',
    },
  },
  {
    id: 'cookie-object.originalMaxAge.returns-original-ttl',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: 'originalMaxAge は元の有効期間をミリ秒で返す。',
    en: 'originalMaxAge returns the original time-to-live in milliseconds.',
    verdict: 'condition',
    because: {
      ja: '「元の」は、最後に代入した値を指す。maxAgeやexpiresに代入するとoriginalMaxAgeも変わる。touchのたびに1ミリ秒減ることもある。',
      en: '"Original" is what was assigned last: assigning maxAge or expires changes it, and each touch may cost it a millisecond.',
    },
    see: {
      ja: '/ではoriginalMaxAgeが60000。「maxAge = 1時間」を押すと3600000になる。再読み込みを繰り返すと、59999のように減ることがある。',
      en: 'At / originalMaxAge is 60000; press maxAge = 1 h and it is 3600000. Reload many times and it may wear down, to 59999 and so on.',
    },
  },
])
