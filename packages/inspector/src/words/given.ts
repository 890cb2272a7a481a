import type { Language, Words } from './words.ts'

const ja = {
  given: 'session()に渡されたもの',
  notKnown: 'わからない',
  noTrust: 'わからない(Expressのアプリを通っていない)',
  ofApp: 'アプリの設定',
}

const en: typeof ja = {
  given: 'What session() was given',
  notKnown: 'not known',
  noTrust: 'not known (no Express app was seen)',
  ofApp: 'setting of the app',
}

/** What the panel says of a session() call. */
export const givenWords: Readonly<Record<Language, typeof ja>> = { ja, en }

const leftOut = (theDefault: string): Words => ({
  ja: `省略(既定は${theDefault})`,
  en: `left out (default: ${theDefault})`,
})

/** What is so of an option that was left out. */
export const defaultWords = {
  cookie: leftOut("{ path: '/', httpOnly: true, secure: false, maxAge: null }"),
  genid: { ja: '省略(express-sessionがIDを作る)', en: 'left out (express-session makes the ids)' },
  proxy: { ja: '省略(trust proxyに従う)', en: 'left out ("trust proxy" decides)' },
  resave: leftOut('true'),
  rolling: leftOut('false'),
  saveUninitialized: leftOut('true'),
  unset: leftOut("'keep'"),
} as const satisfies Readonly<Record<string, Words>>
/** An option that may be left out. */
export type Defaulted = keyof typeof defaultWords
