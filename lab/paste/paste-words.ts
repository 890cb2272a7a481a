import type { Language } from '../../common/words.ts'

const ja = {
  title: '貼り付けて調べる',
  lead: 'session({ … })の設定か、レスポンスのヘッダーを貼り付けると、わかる範囲で問題を示します。書かれたコードは実行しません。設定の値だけを、ここのexpress-sessionに渡して1回だけリクエストを送ります。',
  options: 'session({ … })の設定',
  headers: 'レスポンスのヘッダー(開発者ツールや curl -i の表示)',
  address: 'アドレスバーのURL',
  check: '調べる',
  result: '結果',
  none: 'この範囲では、問題は見つかりません。実際のリクエストでしか現れない問題は、アプリの前にインスペクターを付けて確かめてください。',
  unreadable:
    '設定を読み取れません。secretやcookieのあるオブジェクトを、括弧の対応を保って貼り付けてください。',
  noHeaders: 'ヘッダーが1行もありません。「名前: 値」の形で貼り付けてください。',
  badAddress: 'URLはhttp://かhttps://で始まる形で書いてください。',
  unknown: 'アプリの中でしか決まらないので、調べていない値',
  said: 'express-sessionが言ったこと',
  sent: 'このときのSet-Cookie',
  nothingSent: 'Set-Cookieは送られませんでした。',
  evidence: '根拠',
}

const en: typeof ja = {
  title: 'Paste and check',
  lead: 'Paste the options of session({ … }) or the headers of a response, and see what is wrong with them as far as they tell. None of the code is run: the values are given to express-session here, and one request is sent.',
  options: 'The options of session({ … })',
  headers: 'Headers of a response (as DevTools or curl -i show them)',
  address: 'URL in the address bar',
  check: 'Check',
  result: 'Result',
  none: 'Nothing is wrong as far as this tells. What shows only with real requests is found by putting the inspector in front of the app.',
  unreadable:
    'The options cannot be read. Paste the object that has secret or cookie in it, with all its brackets.',
  noHeaders: 'There is no line of the form "name: value".',
  badAddress: 'Write a URL that begins with http:// or https://.',
  unknown: 'Not looked at, because only the app knows the value',
  said: 'What express-session said',
  sent: 'The Set-Cookie that came of it',
  nothingSent: 'No Set-Cookie was sent.',
  evidence: 'Evidence',
}

/** What the page says where options and headers are pasted. */
export const pasteWords: Readonly<Record<Language, typeof ja>> = { ja, en }
