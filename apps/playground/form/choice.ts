import { randomUUID } from 'node:crypto'
import type { SessionOptions } from 'express-session'
import type { Parts } from '../../create-app.ts'
import { fields, type OptionField } from './schema.ts'

/** What is chosen for each option, by its name, as text in code; empty: left out. */
export type Choice = Readonly<Record<string, string>>

/** Something to know about a choice; `isImpossible` when express-session itself would not take it. */
export interface Remark {
  text: string
  isImpossible: boolean
}

/** Reads a choice from a link or a form. What is not there has its initial value; what is given twice, its first. */
export function readChoice(query: URLSearchParams): Choice {
  return Object.fromEntries(fields.map(({ name, initial }) => [name, (query.get(name) ?? initial).trim()]))
}

/** The choice as the query of a link that restores it. */
export const linkTo = (choice: Choice): string => `/options?${new URLSearchParams(choice)}`

const isOneOf = (value: string | undefined, ...values: string[]) => values.includes(value ?? '')

/** Everything there is to say about a choice: first what makes it impossible, then what it leads to. */
export function remarksOn(choice: Choice): Remark[] {
  const impossible = fields
    .filter((field) => !fits(field, choice[field.name] ?? ''))
    .map((field) => refusal(field, choice))
  const { name, resave, saveUninitialized, store } = choice
  const cookie = (attribute: string) => choice[`cookie.${attribute}`] ?? ''
  const isSecure = cookie('secure') === 'true'
  const notes: [boolean, string][] = [
    [
      isSecure,
      'secure: true, but this page is plain HTTP: express-session sends no Set-Cookie, and every visit is a new session.',
    ],
    [
      cookie('sameSite') === "'none'" && !isSecure,
      'SameSite=None needs Secure. Without it the browser refuses the cookie.',
    ],
    [
      cookie('partitioned') === 'true' && !isSecure,
      'Partitioned needs Secure. Without it the browser refuses the cookie.',
    ],
    [
      /^__(Host|Secure)-/i.test(name ?? '') && !isSecure,
      'A name that starts with __Host- or __Secure- needs Secure. The browser refuses the cookie.',
    ],
    [
      /^__Host-/i.test(name ?? '') && (cookie('domain') !== '' || cookie('path') !== '/'),
      'A __Host- cookie must have no Domain and Path=/. The browser refuses it.',
    ],
    [
      cookie('domain') !== '' && !isOneOf(cookie('domain').replace(/^\./, ''), 'localhost'),
      'Unless the host you are visiting lies below this Domain, the browser refuses the cookie.',
    ],
    [
      !'/'.startsWith(cookie('path') || '/'),
      'Outside of this path express-session does nothing: at / there is no req.session.',
    ],
    [
      cookie('expires') === '' && cookie('maxAge') !== '' && Number(cookie('maxAge')) <= 0,
      'A lifetime of 0 or less: the cookie has expired by the time it arrives.',
    ],
    [
      cookie('expires') !== '',
      'expires is one date, counted from the start, for the first Set-Cookie; after that originalMaxAge extends it.',
    ],
    [
      isOneOf(resave, '') || isOneOf(saveUninitialized, ''),
      'Leaving out resave or saveUninitialized prints a deprecation warning; both are true then.',
    ],
    [
      store === '',
      'MemoryStore lives in this process only: a restart loses the rows. ③ in the inspector is inferred.',
    ],
  ]
  const applying = notes.filter(([applies]) => applies).map(([, text]) => ({ text, isImpossible: false }))
  return [...impossible, ...applying]
}

const fits = ({ choices, pattern, unusable }: OptionField, text: string): boolean =>
  choices
    ? choices.includes(text)
    : text === '' || ((pattern?.test(text) ?? true) && !unusable?.includes(text))

const refusal = (field: OptionField, choice: Choice): Remark => ({
  isImpossible: true,
  text: field.unusable?.includes(choice[field.name] ?? '') ? inherited(field.name) : malformed(field),
})

const inherited = (name: string): string =>
  `${name} must not be a name that every JavaScript object has: express-session takes it for a cookie that came, and fails.`

function malformed({ name, choices, isNumber }: OptionField): string {
  if (choices) return `${name} can be: ${choices.map((choice) => choice || '(left out)').join(', ')}`
  return isNumber
    ? `${name} has to be a whole number of milliseconds.`
    : `${name} has characters or a form that no Set-Cookie can carry.`
}

/** The chosen options as code, ready to be copied. */
export function codeFor(choice: Choice): string {
  const line = (field: OptionField, indent: string) => {
    const text = choice[field.name] ?? ''
    const key = field.name.replace('cookie.', '')
    const value = field.choices || field.isNumber ? text : `'${text.replaceAll(/['\\]/g, '\\$&')}'`
    return text === '' ? [] : [`${indent}${key}: ${value},`]
  }
  const isCookie = ({ name }: OptionField) => name.startsWith('cookie.')
  const own = fields.filter((field) => !isCookie(field)).flatMap((field) => line(field, '  '))
  const cookie = fields.filter(isCookie).flatMap((field) => line(field, '    '))
  return ['app.use(session({', ...own, '  cookie: {', ...cookie, '  },', '}))'].join('\n')
}

/** The options themselves, for a choice without impossible values. */
export function optionsFor(choice: Choice, { store, secret }: Parts): SessionOptions {
  const secrets = Array.isArray(secret) ? secret : [secret]
  const special: Readonly<Record<string, unknown>> = {
    secret,
    '[newSecret, secret]': [`new ${secrets[0]}`, ...secrets],
    store,
    '() => randomUUID()': () => randomUUID(),
    'new Date(Date.now() + 60_000)': new Date(Date.now() + 60_000),
    true: true,
    false: false,
  }
  const chosenValue = ({ name, choices, isNumber }: OptionField) => {
    const text = choice[name] ?? ''
    if (isNumber) return Number(text)
    return choices ? (special[text] ?? text.replaceAll("'", '')) : text
  }
  const options: Record<string, unknown> = {}
  const cookie: Record<string, unknown> = {}
  for (const field of fields) {
    if (choice[field.name] === '') continue
    if (field.name.startsWith('cookie.')) cookie[field.name.slice('cookie.'.length)] = chosenValue(field)
    else options[field.name] = chosenValue(field)
  }
  return { ...options, cookie } as unknown as SessionOptions
}
