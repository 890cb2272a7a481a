import type { Words } from '../../common/words.ts'

/** A place that a request passes on its way, and the lesson in which it can be seen. */
interface Station {
  title: Words
  what: Words
  slug: string
}

/** The way of a request from the browser to the app and back, in its order. */
export const stations: readonly Station[] = [
  {
    title: { ja: 'ブラウザー', en: 'Browser' },
    what: {
      ja: 'Cookieを持つ。Path・Domain・Secure・SameSiteに合うリクエストにだけ、名前と値を付ける。期限が来れば捨てる',
      en: 'Keeps the cookie. Sends name and value with requests that fit Path, Domain, Secure and SameSite; drops it at its expiry',
    },
    slug: 'cookie-attributes',
  },
  {
    title: { ja: '署名', en: 'Signature' },
    what: {
      ja: 'Cookieの値は s: + ID + 署名。secretのどれかで合わなければ、新しい訪問者として扱う',
      en: 'The value is s:, the ID and its signature. Where none of the secrets fits, it is a new visitor',
    },
    slug: 'secret',
  },
  {
    title: { ja: 'ストア', en: 'Store' },
    what: {
      ja: 'IDでレコードを探す(get)。なければ、新しいIDのセッションになる',
      en: 'Looks for the row of the ID (get). Where there is none, the session gets a new ID',
    },
    slug: 'store-contract',
  },
  {
    title: { ja: 'アプリ', en: 'App' },
    what: {
      ja: 'req.sessionを読み書きする。書いてもまだ、ブラウザーもストアも知らない',
      en: 'Reads and writes req.session. Neither browser nor store knows of it yet',
    },
    slug: 'session-methods',
  },
  {
    title: { ja: 'レスポンスの先頭', en: 'Head of the response' },
    what: {
      ja: 'Set-Cookieが付くのは、新しいIDのとき、期限のあるセッションを書き換えたとき、rolling: trueのとき',
      en: 'Has a Set-Cookie with a new ID, when a session that has an expiry was changed, and with rolling: true',
    },
    slug: 'expiry',
  },
  {
    title: { ja: 'レスポンスの終わり', en: 'End of the response' },
    what: {
      ja: '書き換えていれば保存し(set)、いなければ期限だけ延ばす(touch)。リダイレクトは、これを待たない',
      en: 'Saves what was changed (set), else moves the expiry (touch). A redirect does not wait for it',
    },
    slug: 'redirect-save',
  },
]

/** What happens to the two when something is done. */
interface Effect {
  doing: Words
  cookie: Words
  row: Words
  slug: string
}

const same: Words = { ja: '変わらない', en: 'unchanged' }
const effect = (
  slug: string,
  doing: readonly [string, string],
  cookie: readonly [string, string] | Words,
  row: readonly [string, string],
): Effect => ({
  slug,
  doing: { ja: doing[0], en: doing[1] },
  cookie: 'ja' in cookie ? cookie : { ja: cookie[0], en: cookie[1] },
  row: { ja: row[0], en: row[1] },
})

/** With `maxAge`, `resave: false`, `saveUninitialized: false` and, where nothing else is said, `rolling: false`. */
export const effects: readonly Effect[] = [
  effect(
    'save-uninitialized',
    ['何も書かない、最初の訪問', 'first visit, nothing written'],
    ['渡さない', 'none'],
    ['作らない', 'none'],
  ),
  effect(
    'save-uninitialized',
    ['初めて書く', 'first write'],
    ['新しいIDを渡す', 'handed over, new ID'],
    ['作る', 'made'],
  ),
  effect('counter', ['読むだけ', 'only reading'], same, ['延びる', 'extended']),
  effect('counter', ['書く', 'writing'], ['延びる', 'extended'], ['書き換わり、延びる', 'changed, extended']),
  effect(
    'expiry',
    ['読むだけ(rolling: true)', 'only reading, rolling: true'],
    ['延びる', 'extended'],
    ['延びる', 'extended'],
  ),
  effect(
    'login',
    ['regenerate', 'regenerate'],
    ['新しいIDになる', 'new ID'],
    ['古いものは消え、新しくできる', 'the old one goes, a new one is made'],
  ),
  effect('counter', ['destroy', 'destroy'], same, ['消える', 'removed']),
  effect('unset', ['req.session = null', 'req.session = null'], same, [
    "残る(unset: 'destroy'なら消える)",
    "stays (removed with unset: 'destroy')",
  ]),
  effect(
    'counter',
    ['res.clearCookieだけ', 'res.clearCookie alone'],
    ['消える', 'removed'],
    ['残る。写したCookieが使える', 'stays: a copied cookie is good'],
  ),
  effect(
    'two-clocks',
    ['期限が来る', 'its expiry comes'],
    ['ブラウザーが捨てる', 'dropped by the browser'],
    ['ストアが渡さない', 'not handed out by the store'],
  ),
]
