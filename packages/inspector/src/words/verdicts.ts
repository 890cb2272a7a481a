import type { KnownCookieState, KnownRowState } from '../model/states.ts'
import type { Words } from './words.ts'

/**
 * What a pair of cookie and row means, and what the next request will do. Where the store removes rows by itself when
 * their time is over (Redis), none is met that has expired; with the others every pair can be reached, and a test does.
 */
export const verdictWords: Readonly<Record<KnownCookieState, Readonly<Record<KnownRowState, Words>>>> = {
  none: {
    none: {
      ja: 'Cookieもレコードもありません → 次のリクエストは初めての訪問として扱われ、新しいIDができます。',
      en: 'No cookie, no row → the next request is a first visit and gets a new id.',
    },
    present: {
      ja: 'Cookieはありませんが、レコードは残っています → 次のリクエストは新しいIDになります。このレコードは期限が来るまで、誰にも使われずに残ります。',
      en: 'No cookie, but the row is still there → the next request gets a new id; nobody uses this row until it expires.',
    },
    gone: {
      ja: 'Cookieはなく、レコードもなくなりました → 次のリクエストは初めての訪問と同じに扱われ、新しいIDができます。',
      en: 'No cookie, and the row is gone → the next request is like a first visit and gets a new id.',
    },
    expired: {
      ja: 'Cookieはなく、期限の切れたレコードだけが残っています → 次のリクエストは新しいIDになります。レコードはストアが片づけるまで残ります。',
      en: 'No cookie; only an expired row is lying there → the next request gets a new id; the row stays until the store cleans up.',
    },
  },
  'until-close': {
    none: {
      ja: 'Cookieはありますが、そのレコードは一度も見られていません → 次のリクエストで新しいIDになります。署名が正しいだけでは、セッションになりません。',
      en: 'The cookie is there, and no row of it was ever seen → the next request gets a new id. A valid signature alone makes no session.',
    },
    present: {
      ja: 'Cookieとレコードがそろっています → 次のリクエストはこのセッションの続きになります。Cookieはブラウザーを閉じるまで残ります。',
      en: 'Cookie and row are both there → the next request goes on with this session. The cookie lasts until the browser closes.',
    },
    gone: {
      ja: 'Cookieは残っていますが、レコードはなくなりました → 次のリクエストで新しいIDになります。署名が正しいだけでは、セッションは戻りません。',
      en: 'The cookie is there, the row is gone → the next request gets a new id. A valid signature alone brings no session back.',
    },
    expired: {
      ja: 'Cookieは残っていますが、レコードの期限が切れています → ストアはレコードを渡さず、次のリクエストで新しいIDになります。',
      en: 'The cookie is there, but the row has expired → the store will not hand it out, and the next request gets a new id.',
    },
  },
  remaining: {
    none: {
      ja: 'Cookieは期限まで残っていますが、そのレコードは一度も見られていません → 次のリクエストで新しいIDになります。',
      en: 'The cookie has time left, and no row of it was ever seen → the next request gets a new id.',
    },
    present: {
      ja: 'Cookieとレコードがそろっています → 期限の前のリクエストは、このセッションの続きになります。',
      en: 'Cookie and row are both there → a request before they expire goes on with this session.',
    },
    gone: {
      ja: 'Cookieは期限まで残っていますが、レコードはなくなりました → 次のリクエストで新しいIDになります。レコードがなくなっても、Cookieは消えません。',
      en: 'The cookie has time left, the row is gone → the next request gets a new id. A row that goes takes no cookie with it.',
    },
    expired: {
      ja: 'Cookieの期限はまだですが、レコードの期限が先に切れました → ストアはレコードを渡さず、次のリクエストで新しいIDになります。',
      en: 'The cookie has time left, but the row expired first → the store will not hand it out; the next request gets a new id.',
    },
  },
  held: {
    none: {
      ja: 'この記録より前のCookieが送られていますが、そのレコードはありません → 次のリクエストで新しいIDになります。',
      en: 'The browser has a cookie from before this record, and there is no row for it → the next request gets a new id.',
    },
    present: {
      ja: 'この記録より前のCookieと、そのレコードがあります → 次のリクエストはこのセッションの続きになります。Cookieの期限はわかりません。',
      en: 'A cookie from before this record, and its row → the next request goes on with this session. When the cookie ends is not known.',
    },
    gone: {
      ja: 'この記録より前のCookieはありますが、レコードはなくなりました → 次のリクエストで新しいIDになります。',
      en: 'A cookie from before this record is there, its row is gone → the next request gets a new id.',
    },
    expired: {
      ja: 'この記録より前のCookieはありますが、レコードの期限が切れています → ストアはレコードを渡さず、次のリクエストで新しいIDになります。',
      en: 'A cookie from before this record is there, but its row has expired → the store will not hand it out; the next request gets a new id.',
    },
  },
  expired: {
    none: {
      ja: 'Cookieの期限が切れ、そのレコードは一度も見られていません → ブラウザーはCookieを送りません。次のリクエストで新しいIDになります。',
      en: 'The cookie has expired, and no row of it was ever seen → the browser sends nothing; the next request gets a new id.',
    },
    present: {
      ja: 'Cookieの期限は切れましたが、レコードはまだあります → ブラウザーはCookieを送らないので、次のリクエストは新しいIDになります。レコードは誰にも使われません。',
      en: 'The cookie has expired, the row is still there → the browser sends no cookie, so the next request gets a new id and nobody uses the row.',
    },
    gone: {
      ja: 'Cookieの期限が切れ、レコードもなくなりました → ブラウザーはCookieを送りません。次のリクエストで新しいIDになります。',
      en: 'The cookie has expired and the row is gone → the browser sends nothing; the next request gets a new id.',
    },
    expired: {
      ja: 'Cookieもレコードも期限切れです → 次のリクエストで新しいIDになります。期限の切れたレコードは、ストアが片づけるまで残ります。',
      en: 'Cookie and row have both expired → the next request gets a new id; the row lies there until the store cleans up.',
    },
  },
  refused: {
    none: {
      ja: 'ブラウザーがCookieを受け取らず、レコードもありません → 次のリクエストもCookieなしで届き、また新しいIDになります。',
      en: 'The browser refused the cookie and there is no row → the next request brings no cookie and gets a new id again.',
    },
    present: {
      ja: 'サーバーはレコードを作りましたが、ブラウザーがCookieを受け取りませんでした → リクエストのたびに新しいIDになり、使われないレコードが増えます。',
      en: 'The server made a row, but the browser refused the cookie → every request gets a new id, and unused rows pile up.',
    },
    gone: {
      ja: 'ブラウザーがCookieを受け取らず、レコードもなくなりました → 次のリクエストもCookieなしで届き、また新しいIDになります。',
      en: 'The browser refused the cookie, and the row is gone → the next request brings no cookie and gets a new id again.',
    },
    expired: {
      ja: 'ブラウザーがCookieを受け取らず、レコードも期限切れです → 次のリクエストで新しいIDになります。使われなかったレコードが残っています。',
      en: 'The browser refused the cookie and the row has expired → the next request gets a new id; the unused row is still lying there.',
    },
  },
  wrong: {
    none: {
      ja: 'Cookieの署名が合わず、レコードもありません → express-sessionはこのCookieを無視し、次のリクエストで新しいIDになります。',
      en: 'The signature does not fit and there is no row → express-session ignores the cookie; the next request gets a new id.',
    },
    present: {
      ja: 'レコードはありますが、Cookieの署名が合いません → express-sessionはストアを見ずに無視し、次のリクエストで新しいIDになります。レコードは無事です。',
      en: 'The row is there, but the signature does not fit → express-session ignores the cookie without asking the store; a new id follows, the row is unharmed.',
    },
    gone: {
      ja: 'Cookieの署名が合わず、レコードもなくなりました → express-sessionはこのCookieを無視し、次のリクエストで新しいIDになります。',
      en: 'The signature does not fit and the row is gone → express-session ignores the cookie; the next request gets a new id.',
    },
    expired: {
      ja: 'Cookieの署名が合わず、レコードも期限切れです → どちらも使われず、次のリクエストで新しいIDになります。',
      en: 'The signature does not fit and the row has expired → neither is used; the next request gets a new id.',
    },
  },
  doubled: {
    none: {
      ja: '同じ名前のCookieが2つあります。先に送られた方が使われますが、そのレコードはありません → 次のリクエストで新しいIDになります。',
      en: 'Two cookies of one name: the first one sent counts, and it has no row → the next request gets a new id.',
    },
    present: {
      ja: '同じ名前のCookieが2つあります → 先に送られた方のレコードが使われ、もう一方は無視されます。',
      en: 'Two cookies of one name → the row of the first one sent is used, the other cookie is ignored.',
    },
    gone: {
      ja: '同じ名前のCookieが2つあります。先に送られた方が使われますが、そのレコードはなくなりました → 次のリクエストで新しいIDになります。',
      en: 'Two cookies of one name: the first one sent counts, and its row is gone → the next request gets a new id.',
    },
    expired: {
      ja: '同じ名前のCookieが2つあります。先に送られた方のレコードは期限切れです → 次のリクエストで新しいIDになります。',
      en: 'Two cookies of one name, and the row of the first one sent has expired → the next request gets a new id.',
    },
  },
}
