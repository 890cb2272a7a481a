/** One text in both languages. */
export interface Words {
  ja: string
  en: string
}

/** One option of `session()`: the form, the reading of a link and the printed code all come from this. */
export interface OptionField {
  /** As written in the options object; `cookie.` for those of the cookie. */
  name: string
  help: Words
  /** What can be chosen, by the text that stands for it in code; free text where it is left out. */
  choices?: readonly string[]
  /** What the form starts with: the text in code, or the free text. Empty: the option is left out. */
  initial: string
  /** For free text: what it has to look like. */
  pattern?: RegExp
  /** What looks right, and is found in every JavaScript object: express-session fails on it with any cookie that comes. */
  unusable?: readonly string[]
  isNumber?: boolean
}

const toggle = ['', 'true', 'false'] as const

/** Every option that express-session documents; an empty choice leaves the option out. */
export const fields: readonly OptionField[] = [
  {
    name: 'name',
    help: { ja: 'Cookieの名前', en: 'Name of the cookie' },
    initial: 'playground.sid',
    pattern: /^[\w!#$%&'*+.^`|~-]{1,100}$/,
    unusable: Object.getOwnPropertyNames(Object.prototype),
  },
  {
    name: 'secret',
    help: {
      ja: '署名の鍵。配列なら先頭で署名し、すべてで検証する',
      en: 'Signs the cookie; of an array the first signs, all verify',
    },
    choices: ['secret', '[newSecret, secret]'],
    initial: 'secret',
  },
  {
    name: 'store',
    help: {
      ja: 'レコードの置き場所。省くとMemoryStore',
      en: 'Where rows are kept; MemoryStore when left out',
    },
    choices: ['', 'store'],
    initial: 'store',
  },
  {
    name: 'genid',
    help: { ja: 'sidの作り方。省くとuid-safe', en: 'How a sid is made; uid-safe when left out' },
    choices: ['', '() => randomUUID()'],
    initial: '',
  },
  {
    name: 'resave',
    help: { ja: '変更がなくても保存し直すか', en: 'Whether an unmodified session is saved again' },
    choices: toggle,
    initial: 'false',
  },
  {
    name: 'saveUninitialized',
    help: {
      ja: '何も書いていない新しいセッションも保存するか',
      en: 'Whether a new, untouched session is saved',
    },
    choices: toggle,
    initial: 'false',
  },
  {
    name: 'rolling',
    help: {
      ja: 'Cookieを毎回のレスポンスで送り直すか',
      en: 'Whether the cookie is sent again with every response',
    },
    choices: toggle,
    initial: '',
  },
  {
    name: 'unset',
    help: {
      ja: 'req.sessionを消したとき、レコードをどうするか',
      en: 'What becomes of the row when req.session is removed',
    },
    choices: ['', "'keep'", "'destroy'"],
    initial: '',
  },
  {
    name: 'proxy',
    help: { ja: 'X-Forwarded-Protoを信じるか', en: 'Whether X-Forwarded-Proto is trusted' },
    choices: toggle,
    initial: '',
  },
  {
    name: 'cookie.maxAge',
    help: { ja: '有効期間(ミリ秒)', en: 'Lifetime in milliseconds' },
    initial: '10000',
    pattern: /^-?\d{1,15}$/,
    isNumber: true,
  },
  {
    name: 'cookie.expires',
    help: {
      ja: '期限の日時。maxAgeより後に書かれるので、両方あればこちらが効く',
      en: 'A date; written after maxAge, so this one counts when both are there',
    },
    choices: ['', 'new Date(Date.now() + 60_000)'],
    initial: '',
  },
  {
    name: 'cookie.path',
    help: { ja: 'このパスの下だけで使う', en: 'Only below this path' },
    initial: '/',
    pattern: /^\/[\x21-\x3a\x3c-\x7e]{0,100}$/,
  },
  {
    name: 'cookie.domain',
    help: { ja: 'このドメインとその下に送る', en: 'Sent to this domain and those below it' },
    initial: '',
    pattern: /^\.?[a-z0-9-]+(\.[a-z0-9-]+)*$/i,
  },
  {
    name: 'cookie.httpOnly',
    help: { ja: 'ページのJavaScriptから隠すか', en: 'Whether it is hidden from scripts of the page' },
    choices: toggle,
    initial: '',
  },
  {
    name: 'cookie.secure',
    help: { ja: 'HTTPSだけで送るか', en: 'Whether it is for HTTPS only' },
    choices: ['', 'true', 'false', "'auto'"],
    initial: '',
  },
  {
    name: 'cookie.sameSite',
    help: { ja: '別サイトからのリクエストに付けるか', en: 'Whether it goes with requests from other sites' },
    choices: ['', 'true', 'false', "'lax'", "'strict'", "'none'", "'auto'"],
    initial: "'lax'",
  },
  {
    name: 'cookie.partitioned',
    help: { ja: '埋め込み先のサイトごとに分けるか', en: 'Whether it is kept apart for each embedding site' },
    choices: toggle,
    initial: '',
  },
  {
    name: 'cookie.priority',
    help: { ja: 'あふれたときに残す順', en: 'What is kept when there are too many' },
    choices: ['', "'low'", "'medium'", "'high'"],
    initial: '',
  },
]
