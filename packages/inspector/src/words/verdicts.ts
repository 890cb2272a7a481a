import type { KnownCookieState, KnownRowState } from '../model/states.ts'
import type { Words } from './words.ts'

/**
 * What a pair of cookie and row means, and what the next request will do. Where the store removes rows by itself when
 * their time is over (Redis), none is met that has expired; with the others every pair can be reached, and a test does.
 */
export const verdictWords: Readonly<Record<KnownCookieState, Readonly<Record<KnownRowState, Words>>>> = {
  none: {
    none: {
      ja: 'Cookieもレコードもない → 次のリクエストは初めての訪問として扱われ、新しいIDができる。',
      en: 'No cookie, no row → the next request is a first visit and gets a new id.',
    },
    present: {
      ja: 'Cookieはないがレコードは残っている → 次のリクエストは新しいIDになる。このレコードは期限が来るまで、誰にも使われずに残る。',
      en: 'No cookie, but the row is still there → the next request gets a new id; nobody uses this row until it expires.',
    },
    gone: {
      ja: 'Cookieはなく、レコードもなくなった → 次のリクエストは初めての訪問と同じに扱われ、新しいIDができる。',
      en: 'No cookie, and the row is gone → the next request is like a first visit and gets a new id.',
    },
    expired: {
      ja: 'Cookieはなく、期限の切れたレコードだけが残っている → 次のリクエストは新しいIDになる。レコードはストアが片づけるまで残る。',
      en: 'No cookie; only an expired row is lying there → the next request gets a new id; the row stays until the store cleans up.',
    },
  },
  'until-close': {
    none: {
      ja: 'Cookieはあるが、そのレコードは一度も見られていない → 次のリクエストで新しいIDになる。署名が正しいだけでは、セッションにならない。',
      en: 'The cookie is there, and no row of it was ever seen → the next request gets a new id. A valid signature alone makes no session.',
    },
    present: {
      ja: 'Cookieとレコードがそろっている → 次のリクエストはこのセッションの続きになる。Cookieはブラウザーを閉じるまで残る。',
      en: 'Cookie and row are both there → the next request goes on with this session. The cookie lasts until the browser closes.',
    },
    gone: {
      ja: 'Cookieは残っているがレコードはなくなった → 次のリクエストで新しいIDになる。署名が正しいだけでは、セッションは戻らない。',
      en: 'The cookie is there, the row is gone → the next request gets a new id. A valid signature alone brings no session back.',
    },
    expired: {
      ja: 'Cookieは残っているが、レコードの期限が切れている → ストアはレコードを渡さず、次のリクエストで新しいIDになる。',
      en: 'The cookie is there, but the row has expired → the store will not hand it out, and the next request gets a new id.',
    },
  },
  remaining: {
    none: {
      ja: 'Cookieは期限まで残っているが、そのレコードは一度も見られていない → 次のリクエストで新しいIDになる。',
      en: 'The cookie has time left, and no row of it was ever seen → the next request gets a new id.',
    },
    present: {
      ja: 'Cookieとレコードがそろっている → 期限の前のリクエストは、このセッションの続きになる。',
      en: 'Cookie and row are both there → a request before they expire goes on with this session.',
    },
    gone: {
      ja: 'Cookieは期限まで残っているが、レコードはなくなった → 次のリクエストで新しいIDになる。レコードがなくなっても、Cookieは消えない。',
      en: 'The cookie has time left, the row is gone → the next request gets a new id. A row that goes takes no cookie with it.',
    },
    expired: {
      ja: 'Cookieの期限はまだだが、レコードの期限が先に切れた → ストアはレコードを渡さず、次のリクエストで新しいIDになる。',
      en: 'The cookie has time left, but the row expired first → the store will not hand it out; the next request gets a new id.',
    },
  },
  held: {
    none: {
      ja: 'この記録より前のCookieが送られているが、そのレコードはない → 次のリクエストで新しいIDになる。',
      en: 'The browser has a cookie from before this record, and there is no row for it → the next request gets a new id.',
    },
    present: {
      ja: 'この記録より前のCookieと、そのレコードがある → 次のリクエストはこのセッションの続きになる。Cookieの期限はわからない。',
      en: 'A cookie from before this record, and its row → the next request goes on with this session. When the cookie ends is not known.',
    },
    gone: {
      ja: 'この記録より前のCookieはあるが、レコードはなくなった → 次のリクエストで新しいIDになる。',
      en: 'A cookie from before this record is there, its row is gone → the next request gets a new id.',
    },
    expired: {
      ja: 'この記録より前のCookieはあるが、レコードの期限が切れている → ストアはレコードを渡さず、次のリクエストで新しいIDになる。',
      en: 'A cookie from before this record is there, but its row has expired → the store will not hand it out; the next request gets a new id.',
    },
  },
  expired: {
    none: {
      ja: 'Cookieの期限が切れ、そのレコードは一度も見られていない → ブラウザーはCookieを送らない。次のリクエストで新しいIDになる。',
      en: 'The cookie has expired, and no row of it was ever seen → the browser sends nothing; the next request gets a new id.',
    },
    present: {
      ja: 'Cookieの期限は切れたが、レコードはまだある → ブラウザーはCookieを送らないので、次のリクエストは新しいIDになる。レコードは誰にも使われない。',
      en: 'The cookie has expired, the row is still there → the browser sends no cookie, so the next request gets a new id and nobody uses the row.',
    },
    gone: {
      ja: 'Cookieの期限が切れ、レコードもなくなった → ブラウザーはCookieを送らない。次のリクエストで新しいIDになる。',
      en: 'The cookie has expired and the row is gone → the browser sends nothing; the next request gets a new id.',
    },
    expired: {
      ja: 'Cookieもレコードも期限切れ → 次のリクエストで新しいIDになる。期限の切れたレコードは、ストアが片づけるまで残る。',
      en: 'Cookie and row have both expired → the next request gets a new id; the row lies there until the store cleans up.',
    },
  },
  refused: {
    none: {
      ja: 'ブラウザーがCookieを受け取らず、レコードもない → 次のリクエストもCookieなしで届き、また新しいIDになる。',
      en: 'The browser refused the cookie and there is no row → the next request brings no cookie and gets a new id again.',
    },
    present: {
      ja: 'サーバーはレコードを作ったが、ブラウザーがCookieを受け取らなかった → リクエストのたびに新しいIDになり、使われないレコードが増える。',
      en: 'The server made a row, but the browser refused the cookie → every request gets a new id, and unused rows pile up.',
    },
    gone: {
      ja: 'ブラウザーがCookieを受け取らず、レコードもなくなった → 次のリクエストもCookieなしで届き、また新しいIDになる。',
      en: 'The browser refused the cookie, and the row is gone → the next request brings no cookie and gets a new id again.',
    },
    expired: {
      ja: 'ブラウザーがCookieを受け取らず、レコードも期限切れ → 次のリクエストで新しいIDになる。使われなかったレコードが残っている。',
      en: 'The browser refused the cookie and the row has expired → the next request gets a new id; the unused row is still lying there.',
    },
  },
  wrong: {
    none: {
      ja: 'Cookieの署名が合わず、レコードもない → express-sessionはこのCookieを無視し、次のリクエストで新しいIDになる。',
      en: 'The signature does not fit and there is no row → express-session ignores the cookie; the next request gets a new id.',
    },
    present: {
      ja: 'レコードはあるが、Cookieの署名が合わない → express-sessionはストアを見ずに無視し、次のリクエストで新しいIDになる。レコードは無事。',
      en: 'The row is there, but the signature does not fit → express-session ignores the cookie without asking the store; a new id follows, the row is unharmed.',
    },
    gone: {
      ja: 'Cookieの署名が合わず、レコードもなくなった → express-sessionはこのCookieを無視し、次のリクエストで新しいIDになる。',
      en: 'The signature does not fit and the row is gone → express-session ignores the cookie; the next request gets a new id.',
    },
    expired: {
      ja: 'Cookieの署名が合わず、レコードも期限切れ → どちらも使われず、次のリクエストで新しいIDになる。',
      en: 'The signature does not fit and the row has expired → neither is used; the next request gets a new id.',
    },
  },
  doubled: {
    none: {
      ja: '同じ名前のCookieが2つある。先に送られた方が使われるが、そのレコードはない → 次のリクエストで新しいIDになる。',
      en: 'Two cookies of one name: the first one sent counts, and it has no row → the next request gets a new id.',
    },
    present: {
      ja: '同じ名前のCookieが2つある → 先に送られた方のレコードが使われ、もう一方は無視される。',
      en: 'Two cookies of one name → the row of the first one sent is used, the other cookie is ignored.',
    },
    gone: {
      ja: '同じ名前のCookieが2つある。先に送られた方が使われるが、そのレコードはなくなった → 次のリクエストで新しいIDになる。',
      en: 'Two cookies of one name: the first one sent counts, and its row is gone → the next request gets a new id.',
    },
    expired: {
      ja: '同じ名前のCookieが2つある。先に送られた方のレコードは期限切れ → 次のリクエストで新しいIDになる。',
      en: 'Two cookies of one name, and the row of the first one sent has expired → the next request gets a new id.',
    },
  },
}
