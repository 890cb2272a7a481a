/** One option of `session()`: the form, the reading of a link and the printed code all come from this. */
export interface OptionField {
  /** As written in the options object; `cookie.` for those of the cookie. */
  name: string
  help: string
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

/** Options that answer one question. */
export interface OptionGroup {
  title: string
  fields: readonly OptionField[]
}

/** Every option that express-session documents; an empty choice leaves the option out. */
export const groups: readonly OptionGroup[] = [
  {
    title: 'The session',
    fields: [
      {
        name: 'name',
        help: 'Name of the cookie',
        initial: 'playground.sid',
        pattern: /^[\w!#$%&'*+.^`|~-]{1,100}$/,
        unusable: Object.getOwnPropertyNames(Object.prototype),
      },
      {
        name: 'secret',
        help: 'Signs the cookie; of an array the first signs, all verify',
        choices: ['secret', '[newSecret, secret]'],
        initial: 'secret',
      },
      {
        name: 'store',
        help: 'Where rows are kept; MemoryStore when left out',
        choices: ['', 'store'],
        initial: 'store',
      },
      {
        name: 'genid',
        help: 'How a sid is made; uid-safe when left out',
        choices: ['', '() => randomUUID()'],
        initial: '',
      },
    ],
  },
  {
    title: 'What is saved, and sent again',
    fields: [
      {
        name: 'resave',
        help: 'Whether an unmodified session is saved again',
        choices: toggle,
        initial: 'false',
      },
      {
        name: 'saveUninitialized',
        help: 'Whether a new, untouched session is saved',
        choices: toggle,
        initial: 'false',
      },
      {
        name: 'rolling',
        help: 'Whether the cookie is sent again with every response',
        choices: toggle,
        initial: '',
      },
      {
        name: 'unset',
        help: 'What becomes of the row when req.session is removed',
        choices: ['', "'keep'", "'destroy'"],
        initial: '',
      },
    ],
  },
  {
    title: 'How long the cookie lives',
    fields: [
      {
        name: 'cookie.maxAge',
        help: 'Lifetime in milliseconds',
        initial: '10000',
        pattern: /^-?\d{1,15}$/,
        isNumber: true,
      },
      {
        name: 'cookie.expires',
        help: 'A date; written after maxAge, so this one counts when both are there',
        choices: ['', 'new Date(Date.now() + 60_000)'],
        initial: '',
      },
    ],
  },
  {
    title: 'Where the cookie goes',
    fields: [
      {
        name: 'cookie.path',
        help: 'Only below this path',
        initial: '/',
        pattern: /^\/[\x21-\x3a\x3c-\x7e]{0,100}$/,
      },
      {
        name: 'cookie.domain',
        help: 'Sent to this domain and those below it',
        initial: '',
        pattern: /^\.?[a-z0-9-]+(\.[a-z0-9-]+)*$/i,
      },
      {
        name: 'cookie.secure',
        help: 'Whether it is for HTTPS only',
        choices: ['', 'true', 'false', "'auto'"],
        initial: '',
      },
      {
        name: 'proxy',
        help: 'Whether X-Forwarded-Proto is trusted',
        choices: toggle,
        initial: '',
      },
      {
        name: 'cookie.sameSite',
        help: 'Whether it goes with requests from other sites',
        choices: ['', 'true', 'false', "'lax'", "'strict'", "'none'", "'auto'"],
        initial: "'lax'",
      },
      {
        name: 'cookie.partitioned',
        help: 'Whether it is kept apart for each embedding site',
        choices: toggle,
        initial: '',
      },
      {
        name: 'cookie.httpOnly',
        help: 'Whether it is hidden from scripts of the page',
        choices: toggle,
        initial: '',
      },
      {
        name: 'cookie.priority',
        help: 'What is kept when there are too many',
        choices: ['', "'low'", "'medium'", "'high'"],
        initial: '',
      },
    ],
  },
]

/** The same, one after the other. */
export const fields: readonly OptionField[] = groups.flatMap((group) => group.fields)
