import type { CookieState, KnownRowState } from '../model/states.ts'
import type { Words } from './words.ts'

/**
 * What a pair of cookie and row means, and what the next request will do. Where the store removes rows by itself when
 * their time is over (Redis), none is met that has expired; with the others every pair can be reached, and a test does.
 */
export const verdictWords: Readonly<Record<CookieState, Readonly<Record<KnownRowState, Words>>>> = {
  none: {
    none: {
      ja: 'Cookieも行もない → 次の要求は初めての訪問として扱われ、新しいIDができる。',
      en: 'No cookie, no row → the next request is a first visit and gets a new id.',
    },
    present: {
      ja: 'Cookieはないが行は残っている → 次の要求は新しいIDになる。この行は期限が来るまで、誰にも使われずに残る。',
      en: 'No cookie, but the row is still there → the next request gets a new id; nobody uses this row until it expires.',
    },
    gone: {
      ja: 'Cookieはなく、行もなくなった → 次の要求は初めての訪問と同じに扱われ、新しいIDができる。',
      en: 'No cookie, and the row is gone → the next request is like a first visit and gets a new id.',
    },
    expired: {
      ja: 'Cookieはなく、期限の切れた行だけが残っている → 次の要求は新しいIDになる。行はストアが片づけるまで残る。',
      en: 'No cookie; only an expired row is lying there → the next request gets a new id; the row stays until the store cleans up.',
    },
  },
  'until-close': {
    none: {
      ja: 'Cookieはあるが、その行は一度も見られていない → 次の要求で新しいIDになる。署名が正しいだけでは、セッションにならない。',
      en: 'The cookie is there, and no row of it was ever seen → the next request gets a new id. A valid signature alone makes no session.',
    },
    present: {
      ja: 'Cookieと行がそろっている → 次の要求はこのセッションの続きになる。Cookieはブラウザーを閉じるまで残る。',
      en: 'Cookie and row are both there → the next request goes on with this session. The cookie lasts until the browser closes.',
    },
    gone: {
      ja: 'Cookieは残っているが行はなくなった → 次の要求で新しいIDになる。署名が正しいだけでは、セッションは戻らない。',
      en: 'The cookie is there, the row is gone → the next request gets a new id. A valid signature alone brings no session back.',
    },
    expired: {
      ja: 'Cookieは残っているが、行の期限が切れている → ストアは行を渡さず、次の要求で新しいIDになる。',
      en: 'The cookie is there, but the row has expired → the store will not hand it out, and the next request gets a new id.',
    },
  },
  remaining: {
    none: {
      ja: 'Cookieは期限まで残っているが、その行は一度も見られていない → 次の要求で新しいIDになる。',
      en: 'The cookie has time left, and no row of it was ever seen → the next request gets a new id.',
    },
    present: {
      ja: 'Cookieと行がそろっている → 期限の前の要求は、このセッションの続きになる。',
      en: 'Cookie and row are both there → a request before they expire goes on with this session.',
    },
    gone: {
      ja: 'Cookieは期限まで残っているが、行はなくなった → 次の要求で新しいIDになる。行がなくなっても、Cookieは消えない。',
      en: 'The cookie has time left, the row is gone → the next request gets a new id. A row that goes takes no cookie with it.',
    },
    expired: {
      ja: 'Cookieの期限はまだだが、行の期限が先に切れた → ストアは行を渡さず、次の要求で新しいIDになる。',
      en: 'The cookie has time left, but the row expired first → the store will not hand it out; the next request gets a new id.',
    },
  },
  held: {
    none: {
      ja: 'この記録より前のCookieが送られているが、その行はない → 次の要求で新しいIDになる。',
      en: 'The browser has a cookie from before this record, and there is no row for it → the next request gets a new id.',
    },
    present: {
      ja: 'この記録より前のCookieと、その行がある → 次の要求はこのセッションの続きになる。Cookieの期限はわからない。',
      en: 'A cookie from before this record, and its row → the next request goes on with this session. When the cookie ends is not known.',
    },
    gone: {
      ja: 'この記録より前のCookieはあるが、行はなくなった → 次の要求で新しいIDになる。',
      en: 'A cookie from before this record is there, its row is gone → the next request gets a new id.',
    },
    expired: {
      ja: 'この記録より前のCookieはあるが、行の期限が切れている → ストアは行を渡さず、次の要求で新しいIDになる。',
      en: 'A cookie from before this record is there, but its row has expired → the store will not hand it out; the next request gets a new id.',
    },
  },
  expired: {
    none: {
      ja: 'Cookieの期限が切れ、その行は一度も見られていない → ブラウザーはCookieを送らない。次の要求で新しいIDになる。',
      en: 'The cookie has expired, and no row of it was ever seen → the browser sends nothing; the next request gets a new id.',
    },
    present: {
      ja: 'Cookieの期限は切れたが、行はまだある → ブラウザーはCookieを送らないので、次の要求は新しいIDになる。行は誰にも使われない。',
      en: 'The cookie has expired, the row is still there → the browser sends no cookie, so the next request gets a new id and nobody uses the row.',
    },
    gone: {
      ja: 'Cookieの期限が切れ、行もなくなった → ブラウザーはCookieを送らない。次の要求で新しいIDになる。',
      en: 'The cookie has expired and the row is gone → the browser sends nothing; the next request gets a new id.',
    },
    expired: {
      ja: 'Cookieも行も期限切れ → 次の要求で新しいIDになる。期限の切れた行は、ストアが片づけるまで残る。',
      en: 'Cookie and row have both expired → the next request gets a new id; the row lies there until the store cleans up.',
    },
  },
  refused: {
    none: {
      ja: 'ブラウザーがCookieを受け取らず、行もない → 次の要求もCookieなしで届き、また新しいIDになる。',
      en: 'The browser refused the cookie and there is no row → the next request brings no cookie and gets a new id again.',
    },
    present: {
      ja: 'サーバーは行を作ったが、ブラウザーがCookieを受け取らなかった → 要求のたびに新しいIDになり、使われない行が増える。',
      en: 'The server made a row, but the browser refused the cookie → every request gets a new id, and unused rows pile up.',
    },
    gone: {
      ja: 'ブラウザーがCookieを受け取らず、行もなくなった → 次の要求もCookieなしで届き、また新しいIDになる。',
      en: 'The browser refused the cookie, and the row is gone → the next request brings no cookie and gets a new id again.',
    },
    expired: {
      ja: 'ブラウザーがCookieを受け取らず、行も期限切れ → 次の要求で新しいIDになる。使われなかった行が残っている。',
      en: 'The browser refused the cookie and the row has expired → the next request gets a new id; the unused row is still lying there.',
    },
  },
  wrong: {
    none: {
      ja: 'Cookieの署名が合わず、行もない → express-sessionはこのCookieを無視し、次の要求で新しいIDになる。',
      en: 'The signature does not fit and there is no row → express-session ignores the cookie; the next request gets a new id.',
    },
    present: {
      ja: '行はあるが、Cookieの署名が合わない → express-sessionはストアを見ずに無視し、次の要求で新しいIDになる。行は無事。',
      en: 'The row is there, but the signature does not fit → express-session ignores the cookie without asking the store; a new id follows, the row is unharmed.',
    },
    gone: {
      ja: 'Cookieの署名が合わず、行もなくなった → express-sessionはこのCookieを無視し、次の要求で新しいIDになる。',
      en: 'The signature does not fit and the row is gone → express-session ignores the cookie; the next request gets a new id.',
    },
    expired: {
      ja: 'Cookieの署名が合わず、行も期限切れ → どちらも使われず、次の要求で新しいIDになる。',
      en: 'The signature does not fit and the row has expired → neither is used; the next request gets a new id.',
    },
  },
  doubled: {
    none: {
      ja: '同じ名前のCookieが2つある。先に送られた方が使われるが、その行はない → 次の要求で新しいIDになる。',
      en: 'Two cookies of one name: the first one sent counts, and it has no row → the next request gets a new id.',
    },
    present: {
      ja: '同じ名前のCookieが2つある → 先に送られた方の行が使われ、もう一方は無視される。',
      en: 'Two cookies of one name → the row of the first one sent is used, the other cookie is ignored.',
    },
    gone: {
      ja: '同じ名前のCookieが2つある。先に送られた方が使われるが、その行はなくなった → 次の要求で新しいIDになる。',
      en: 'Two cookies of one name: the first one sent counts, and its row is gone → the next request gets a new id.',
    },
    expired: {
      ja: '同じ名前のCookieが2つある。先に送られた方の行は期限切れ → 次の要求で新しいIDになる。',
      en: 'Two cookies of one name, and the row of the first one sent has expired → the next request gets a new id.',
    },
  },
}
