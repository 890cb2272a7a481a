/** A choice worth a try, at one press. */
export interface Preset {
  /** What stands on its button: code, or words where it is none. */
  name: string
  isCode: boolean
  /** What to do then. What comes of it is for the visitor to see. */
  hint: string
  /** In what it differs from the choice that the form starts with. */
  differs: Readonly<Record<string, string>>
}

export const presets: readonly Preset[] = [
  {
    name: 'as at the start',
    isCode: false,
    hint: 'Write, read, then do nothing for 10 seconds.',
    differs: {},
  },
  {
    name: 'as little as possible',
    isCode: false,
    hint: 'The defaults of express-session. Start over, only read, and look at ② and ③.',
    differs: {
      ...{ resave: '', saveUninitialized: '' },
      ...{ 'cookie.maxAge': '', 'cookie.path': '', 'cookie.sameSite': '' },
    },
  },
  {
    name: 'rolling: true',
    isCode: true,
    hint: 'Write once, read a few times, and watch the countdown in ②.',
    differs: { rolling: 'true' },
  },
  {
    name: 'maxAge: 3000',
    isCode: true,
    hint: 'Write, wait for 4 seconds, and write again.',
    differs: { 'cookie.maxAge': '3000' },
  },
  {
    name: 'secure: true',
    isCode: true,
    hint: 'This page is plain HTTP. Write three times, and compare ② with ③.',
    differs: { 'cookie.secure': 'true' },
  },
  {
    name: "unset: 'destroy'",
    isCode: true,
    hint: 'Write, unset, and look at ③. Do the same as at the start.',
    differs: { unset: "'destroy'" },
  },
]
